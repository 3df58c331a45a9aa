import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Connections } from "./connections";
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
