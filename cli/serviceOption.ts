import { readFileSync } from "node:fs";
import type { Connections } from "../provider/connections";
import { ApiKeysError } from "../provider/errors";
import type { ServiceDefinition } from "../provider/service/definition";
import { builtInNames, readDefinition, resolveService } from "../provider/service/registry";
import { UsageError } from "./command";

/** The options by which a command is told a service. */
export interface ServiceOptions {
  /** Name of the connection. */
  readonly connection: string;
  /** Name of a service that is built in. Default: the one that the connection is for, or is called after. */
  readonly service?: string | undefined;
  /** File that holds a user's own definition, as JSON. */
  readonly definition?: string | undefined;
}

/**
 * The service that is meant.
 *
 * @throws {UsageError} when it is not known, or its definition is not there or has mistakes
 */
export function chosenService(connections: Connections, options: ServiceOptions): ServiceDefinition {
  const { connection, service, definition } = options;
  if (definition !== undefined) return usable(() => readDefinition(fileContent(definition)));
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

function fileContent(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`--definition names ${JSON.stringify(file)}, which cannot be read.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`--definition names ${JSON.stringify(file)}, which is no JSON.`);
  }
}
