/**
 * The look-ups, which run in the process of the user's program. lookups.ts loads this file with the first of them: a program
 * that only declares keys needs no HTTP client.
 */
import { Config, RunError } from "@pulumi/pulumi";
import { Vendors } from "../provider/api/vendors";
import { ApiKeysError } from "../provider/base/errors";
import { type Connection, Connections } from "../provider/connection/connections";
import type { ServiceDefinition, ServiceDefinitionInput } from "../provider/definition/definition";
import { resolveService } from "../provider/definition/registry";
import { type Asking, allKeys, fits, type KeyInfo, oneKey, placeOf, readLook } from "../provider/lookup";
import { redact } from "../provider/redaction/redactor";
import { redactedError } from "../provider/redaction/sinks";

/** A service as a program knows it. */
export interface KnownService {
  readonly definition: ServiceDefinitionInput;
  /** Whether the provider knows the service by its name. */
  readonly builtIn: boolean;
}

/**
 * The keys that match.
 *
 * @throws {RunError} in sentences, without the stack that the SDK would print for any other error
 */
export async function lookupKeys(service: KnownService, args: object): Promise<KeyInfo[]> {
  try {
    const { place, filter, nowMs } = begin(service, args, "many");
    return (await allKeys(place, nowMs)).filter((key) => fits(filter, key));
  } catch (error) {
    throw presentable(error, `${service.definition.name}.getApiKeys`);
  }
}

/**
 * The one key that matches.
 *
 * @throws {RunError} as {@link lookupKeys} does, and also when no key matches or several do
 */
export async function lookupKey(service: KnownService, args: object): Promise<KeyInfo> {
  try {
    const { place, keyId, filter, nowMs } = begin(service, args, "one");
    return await oneKey(place, keyId, filter, nowMs);
  } catch (error) {
    throw presentable(error, `${service.definition.name}.getApiKey`);
  }
}

function begin({ definition: given, builtIn }: KnownService, args: object, asking: Asking) {
  const definition = resolveService(builtIn ? { service: given.name } : { definition: given });
  const nowMs = Date.now();
  const { connection, pathParameters, ...look } = readLook(definition, { ...args }, asking, nowMs);
  const connections = new Connections(new Config("apikeys").get("connections"), process.env);
  return { place: placeOf({ connections, vendor }, definition, connection, pathParameters), ...look, nowMs };
}

/**
 * Vendors by all settings of their connection. One process may run several programs, or one program several times, and a
 * connection of the same name may then have other settings.
 */
const vendors = new Map<string, Vendors>();

function vendor(definition: ServiceDefinition, connection: Connection) {
  const settings = JSON.stringify(connection);
  const known = vendors.get(settings) ?? new Vendors();
  vendors.set(settings, known);
  return known.get(definition, connection);
}

function presentable(error: unknown, caller: string): Error {
  if (!(error instanceof ApiKeysError)) return redactedError(error);
  return new RunError(redact(`${caller}: ${error.message}`));
}
