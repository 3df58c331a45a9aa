import type { ServiceDefinition } from "../definition/definition";
import type { OperationContext } from "../lifecycle/context";
import type { PathParameters, Vendor } from "../vendor";

/** Where keys are beside each other, as one connection sees them. */
export interface LookupPlace {
  readonly definition: ServiceDefinition;
  /** Name of the connection. */
  readonly connection: string;
  readonly pathParameters: PathParameters;
  readonly vendor: Vendor;
}

/**
 * The place of a service's keys. Sends nothing yet.
 *
 * @throws {ApiKeysError} CONFIGURATION when the connection cannot be used
 */
export function placeOf(
  operation: Pick<OperationContext, "connections" | "vendor">,
  definition: ServiceDefinition,
  connection: string,
  pathParameters: PathParameters,
): LookupPlace {
  const vendor = operation.vendor(definition, operation.connections.resolve(connection, definition));
  return { definition, connection, pathParameters, vendor };
}
