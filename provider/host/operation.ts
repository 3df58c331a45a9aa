import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Vendors } from "../api/vendors";
import { Connections } from "../connection/connections";
import type { Stores } from "../delivery/store";
import { type OperationContext, OperationMemory, revokeUsedVariable } from "../lifecycle";
import { fileJournal, journalFolder } from "./createJournal";

/**
 * One engine operation on this machine: the system's clock, chance, environment and network.
 *
 * @param config text of `apikeys:connections` in stack config, if any
 * @param storesConfig text of `apikeys:stores` there, if any
 */
export function operationContext(config: string | undefined, storesConfig?: string): OperationContext {
  const vendors = new Vendors();
  return {
    connections: new Connections(config, process.env),
    memory: new OperationMemory(
      fileJournal(
        journalFolder(process.env),
        stackUrnOnce(),
        (reason) =>
          void engine().warn(
            `Creates under way cannot be noted (${reason}), so that \`pulumi-apikeys recover\` could not find the key of a provider process that is killed. Make the folder writable, or set PULUMI_HOME.`,
          ),
      ),
    ),
    stores: loadedAtFirstUse(storesConfig),
    now: () => Date.now(),
    sleep: (ms) => delay(ms),
    suffix: () => randomBytes(4).toString("hex").slice(0, 7),
    vendor: (definition, connection) => vendors.get(definition, connection),
    isRevokedThoughUsed: (keyId) => process.env[revokeUsedVariable]?.split(",").includes(keyId) ?? false,
  };
}

/** Our commands have no engine to call, and do not load what would. */
function engine(): typeof import("./engine") {
  return require("./engine");
}

/** The stack stays the same for the whole operation; what could not be heard is asked for again. */
function stackUrnOnce(): () => Promise<string | undefined> {
  let known: string | undefined;
  return async () => {
    known ??= await engine().stackUrn();
    return known;
  };
}

/** Most programs deliver nothing, and shall not wait for what would. */
function loadedAtFirstUse(config: string | undefined): Stores {
  let loaded: Stores | undefined;
  const stores = (): Stores => {
    const { ConfiguredStores } = deliveryModule();
    loaded ??= new ConfiguredStores(config, process.env);
    return loaded;
  };
  return {
    problems: (deliver, asked) => stores().problems(deliver, asked),
    open: (target) => stores().open(target),
    encrypt: (text, recipients) => stores().encrypt(text, recipients),
    isRecipient: (text) => stores().isRecipient(text),
  };
}

function deliveryModule(): typeof import("../delivery/configuredStores") {
  return require("../delivery/configuredStores");
}
