import { randomBytes } from "node:crypto";
import { Connections } from "./connections";
import type { World } from "./lifecycle";
import { connect } from "./service/connect";

/**
 * The lifecycle's world as it is: the system's clock, chance, environment and network.
 *
 * @param config text of `apikeys:connections` in stack config, if any
 */
export function systemWorld(config: string | undefined): World {
  const vendors = new Map<string, ReturnType<World["vendor"]>>();
  return {
    connections: new Connections(config, process.env),
    adoptions: { succeeded: new Set(), takenOver: new Set() },
    now: () => Date.now(),
    suffix: () => randomBytes(4).toString("hex").slice(0, 7),
    vendor: (definition, connection) => {
      const key = JSON.stringify([connection.name, definition]);
      const vendor = vendors.get(key) ?? connect(definition, connection);
      vendors.set(key, vendor);
      return vendor;
    },
  };
}
