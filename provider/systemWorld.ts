import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Connections } from "./connections";
import { fileJournal, journalFolder } from "./createJournal";
import { warn } from "./engineLog";
import { stackUrn } from "./engineStack";
import type { World } from "./lifecycle";
import type { Vendor } from "./lifecycle/vendor";
import { connect } from "./service/connect";
import type { ServiceDefinition } from "./service/definition";

/**
 * The lifecycle's world as it is: the system's clock, chance, environment and network.
 *
 * @param config text of `apikeys:connections` in stack config, if any
 */
export function systemWorld(config: string | undefined): World {
  // A service's definition is one object for all its keys, so that it need not be compared for each of them.
  const vendors = new Map<ServiceDefinition, Map<string, Vendor>>();
  return {
    connections: new Connections(config, process.env),
    creates: fileJournal(
      journalFolder(process.env),
      stackUrnOnce(),
      (reason) =>
        void warn(
          `Creates under way cannot be noted (${reason}), so that \`pulumi-apikeys recover\` could not find the key of a provider process that is killed. Make the folder writable, or set PULUMI_HOME.`,
        ),
    ),
    adoptions: { succeeded: new Set(), takenOver: new Set() },
    now: () => Date.now(),
    sleep: (ms) => delay(ms),
    suffix: () => randomBytes(4).toString("hex").slice(0, 7),
    vendor: (definition, connection) => {
      const byConnection = vendors.get(definition) ?? new Map<string, Vendor>();
      vendors.set(definition, byConnection);
      const vendor = byConnection.get(connection.name) ?? connect(definition, connection);
      byConnection.set(connection.name, vendor);
      return vendor;
    },
  };
}

/** The stack stays the same for the whole operation; what could not be heard is asked for again. */
function stackUrnOnce(): () => Promise<string | undefined> {
  let known: string | undefined;
  return async () => {
    known ??= await stackUrn();
    return known;
  };
}
