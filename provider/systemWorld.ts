import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Connections } from "./connections";
import type { World } from "./lifecycle";
import { Vendors } from "./service/vendors";

/**
 * The lifecycle's world as it is: the system's clock, chance, environment and network.
 *
 * @param config text of `apikeys:connections` in stack config, if any
 */
export function systemWorld(config: string | undefined): World {
  const vendors = new Vendors();
  return {
    connections: new Connections(config, process.env),
    adoptions: { succeeded: new Set(), takenOver: new Set() },
    now: () => Date.now(),
    sleep: (ms) => delay(ms),
    suffix: () => randomBytes(4).toString("hex").slice(0, 7),
    vendor: (definition, connection) => vendors.get(definition, connection),
  };
}
