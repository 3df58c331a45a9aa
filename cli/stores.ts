import type { Stores } from "../provider/delivery/store";
import { programFolder, type Stack } from "./stack";

/**
 * The stores of a stack, with their settings from the environment and its config; Pulumi is asked for that at the first use.
 * From then on this process is in the folder of the program, as the provider is: a relative path leads to the same file.
 */
export function storesOf(stack: Stack): () => Promise<Stores> {
  let opened: Promise<Stores> | undefined;
  return () => {
    opened ??= openedStores(stack);
    return opened;
  };
}

async function openedStores(stack: Stack): Promise<Stores> {
  const config = await stack.stores();
  process.chdir(programFolder(process.cwd()));
  const { ConfiguredStores } = deliveryModule();
  return new ConfiguredStores(config, process.env);
}

/** Most commands need no store, and shall not wait for what would. */
function deliveryModule(): typeof import("../provider/delivery/configuredStores") {
  return require("../provider/delivery/configuredStores");
}
