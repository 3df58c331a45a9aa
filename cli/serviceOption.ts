import { ApiKeysError } from "../provider/base/errors";
import type { Connections } from "../provider/connection/connections";
import type { ServiceDefinition } from "../provider/definition/definition";
import { builtInNames, readDefinition, resolveService } from "../provider/definition/registry";
import { CommandError, UsageError } from "./command";
import { definitionIn } from "./definitionFile";

/** The options that select a service. */
export interface ServiceOptions {
  /** Name of the connection. */
  readonly connection: string;
  /** Name of a built-in service. Default: the connection's setting `service`, or the connection's name. */
  readonly service?: string | undefined;
  /** File with a user's own definition. */
  readonly definition?: string | undefined;
}

/**
 * The selected service.
 *
 * @throws {UsageError} when the service is unknown, or its definition is missing or has mistakes
 */
export async function chosenService(
  connections: Connections,
  options: ServiceOptions,
): Promise<ServiceDefinition> {
  const { connection, service, definition } = options;
  if (definition !== undefined) {
    const written = await definitionIn(definition).catch((error: unknown) => {
      throw error instanceof CommandError ? new UsageError(error.message) : error;
    });
    return usable(() => readDefinition(written));
  }
  if (service !== undefined) return usable(() => resolveService({ service }));
  const name = connections.serviceOf(connection) ?? connection;
  if (builtInNames().includes(name)) return resolveService({ service: name });
  throw new UsageError(
    `Connection ${JSON.stringify(connection)} does not tell its service: add --service <name> ` +
      `(${builtInNames().join(", ")}), or --definition <file> for a vendor of your own.`,
  );
}

function usable(read: () => ServiceDefinition): ServiceDefinition {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    throw new UsageError(error.message);
  }
}
