import type { Provider } from "../modelledEngine/provider";
import type { OperationContext } from "./lifecycle";
import { lifecycleProvider } from "./lifecycleProvider";
import { pluginProvider } from "./pluginProvider";

export type Host = "dynamic" | "plugin";

/** The host that this run of the tests is about; jest.config.js runs many of them once for each. */
export const testedHost: Host = (globalThis as { testedHost?: "plugin" }).testedHost ?? "dynamic";

/**
 * The provider as the tested host runs it.
 *
 * @param warn called with each warning that the user would see
 */
export function hostedProvider(
  world: OperationContext & { memory: OperationContext["memory"] },
  warn: (message: string) => void,
  host = testedHost,
): Provider {
  return host === "plugin" ? pluginProvider(world, warn) : lifecycleProvider(world, warn);
}
