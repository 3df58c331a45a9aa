import { ApiKeysError } from "../../base/errors";
import type { OperationDefinition, ServiceDefinition } from "../../definition/definition";
import { pathVariables } from "../../json/templates";
import type { CreatedKey, Known, Revocation, UnidentifiedKey } from "../../vendor";

/** What no path can hold: a URL parser takes such a segment for a step to another path, encoded or not. */
const stepsInPaths: ReadonlySet<unknown> = new Set([".", ".."]);

/**
 * Makes sure, before a key is created, that what is asked for it can stand in the paths by which it is revoked.
 *
 * @throws {ApiKeysError} INVALID_INPUT when it cannot
 */
export function assertNameable(definition: ServiceDefinition, inputs: Known, what: string): void {
  const name = existing(definition).flatMap((operation) => stepIn(operation, inputs) ?? [])[0];
  if (name === undefined) return;
  throw new ApiKeysError(
    "INVALID_INPUT",
    `The request to ${what} at ${definition.title} was not sent: ${name} is ${JSON.stringify(inputs[name])}, which no path ` +
      "can hold, so that the key could not be revoked. Choose another.",
  );
}

/**
 * Makes sure that a new key can be read, changed and revoked by what the vendor says of it. One that cannot is revoked at
 * once, if that request has the id elsewhere than in its path.
 *
 * @param revoke revokes the key by its id and what is known of it, its value among it
 * @throws {ApiKeysError} RESPONSE_INVALID when the key was revoked; ORPHAN_SUSPECTED when it may be live
 */
export async function assertManageable(
  definition: ServiceDefinition,
  connection: string,
  { id, fields, value }: CreatedKey | UnidentifiedKey,
  what: string,
  revoke: (keyId: string, known: Known) => Promise<Revocation>,
): Promise<void> {
  const known = { ...fields, ...(id !== undefined && { keyId: id }) };
  const name = existing(definition).flatMap((operation) => stepIn(operation, known) ?? [])[0];
  if (id === undefined || name === undefined) return;
  const told =
    `${definition.title} answered "${what}" (connection "${connection}") with ${name === "keyId" ? "the id" : `a ${name}`} ` +
    `${JSON.stringify(known[name as keyof typeof known])}, which no path can hold`;
  const { revoke: revoking, remove } = definition.operations;
  const canRevoke = [revoking, remove ?? revoking].every(
    (operation) => stepIn(operation, known) === undefined,
  );
  const isRevoked =
    canRevoke && (await revoke(id, { ...fields, value }).catch(() => "unproven")) === "revoked";
  if (isRevoked) {
    throw new ApiKeysError(
      "RESPONSE_INVALID",
      `${told}. The key was revoked. Check where the service definition reads it.`,
    );
  }
  throw new ApiKeysError(
    "ORPHAN_SUSPECTED",
    `${told}, so that the key cannot be managed. It may be live: revoke it at the vendor, and check where the service definition reads it.`,
  );
}

/** Whether the id that a key goes on under cannot stand in the paths by which it is read, changed and revoked. */
export function isUnmanageable(definition: ServiceDefinition, { id }: CreatedKey): boolean {
  return existing(definition).some((operation) => stepIn(operation, { keyId: id }) !== undefined);
}

/** The operations on a key that exists. */
function existing({ operations }: ServiceDefinition): OperationDefinition[] {
  const { get, update, rotate, revoke, remove } = operations;
  return [revoke, remove, get, rotate, ...update].filter((operation) => operation !== undefined);
}

/** The variable of an operation's path that has such a value. */
function stepIn({ path }: OperationDefinition, known: Known): string | undefined {
  return pathVariables(path).find((name) => stepsInPaths.has(known[name]));
}
