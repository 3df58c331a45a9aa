import type { ServiceDefinition } from "../definition/definition";
import type { World } from "../lifecycle/context";
import type { Parents, Vendor } from "../vendor";

/** Where keys are beside each other, as one connection sees them. */
export interface Place {
  readonly definition: ServiceDefinition;
  /** Name of the connection. */
  readonly connection: string;
  readonly parents: Parents;
  readonly vendor: Vendor;
}

/**
 * The place of a service's keys. Sends nothing yet.
 *
 * @throws {ApiKeysError} CONFIGURATION when the connection cannot be used
 */
export function placeOf(
  world: Pick<World, "connections" | "vendor">,
  definition: ServiceDefinition,
  connection: string,
  parents: Parents,
): Place {
  const vendor = world.vendor(definition, world.connections.resolve(connection, definition));
  return { definition, connection, parents, vendor };
}
