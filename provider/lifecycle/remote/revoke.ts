import { ApiKeysError } from "../../base/errors";
import { printable } from "../../redaction/printable";
import { isLive } from "../../vendor";
import { type KeyContext, labelWithId, type OperationContext } from "../context";
import type { RecordedKey } from "../state/key";
import { knownOf } from "../state/keyState";
import { idMayBeReused, isRecorded } from "./identity";
import { assertOwnTenant, find } from "./provenAbsence";
import { isSurelyRecorded } from "./surelyRecorded";

/**
 * Revokes the key that state records. A key that the vendor reports as gone counts as revoked.
 *
 * @returns what the user should know of
 * @throws {ApiKeysError} when the key may still be live
 */
export async function revokeRecorded(
  operation: OperationContext,
  context: KeyContext,
  key: RecordedKey,
): Promise<string | undefined> {
  const { vendor, definition, pathParameters, label } = context;
  const { keyId } = key;
  if (operation.memory.takenOver.has(keyId)) {
    return `The ${labelWithId(context, keyId)} was taken over by another resource or a replacement, so it was not revoked. To make a new key, change rotation.triggers.`;
  }
  let known = knownOf(key);
  if (idMayBeReused(context) || definition.uniqueNames === "suffix" || context.movedFrom !== undefined) {
    // The request would revoke whatever is there now. Its path may name no key, or an id or name that another key has by now.
    const present = await find(operation, context, key, "fresh");
    if (!present) return undefined;
    if (idMayBeReused(context) && !isRecorded(context, present, key)) {
      return `The ${label} is gone and another key (${printable(present.id)}) has taken its place, which was left alone.`;
    }
    if (!(await isSurelyRecorded(context, present, key))) {
      const why = definition.reusesIds
        ? `${definition.title} uses ids again, and nothing tells this key from a newer one of the same id`
        : "it begins otherwise than before, so that it may be another's in its place";
      return `The ${labelWithId(context, keyId)} was not revoked: ${why}. Look at it at the vendor, and revoke it if nobody uses it.`;
    }
    known = { ...known, ...present.fields };
  }
  const name = typeof known.name === "string" ? known.name : keyId;
  const outcome = await vendor.revoke(pathParameters, keyId, name, known);
  if (outcome === "revoked") return undefined;
  // Credentials that may not see the key's place or tenant get the same 404. So a list has to show that it is missing.
  if (outcome === "absent" && !vendor.list) {
    await assertOwnTenant(context, key);
    return undefined;
  }
  const present = await find(operation, context, key, "fresh");
  if (present && isLive(present)) throw notRevoked(label);
  return undefined;
}

/**
 * Fails where another key may be at the place of the one that state records: what was meant for that one would change a
 * colleague's.
 *
 * @throws {ApiKeysError} KEY_CONFLICT when it is another, or nothing tells it from another; when there is none
 */
export async function assertStillThere(
  operation: OperationContext,
  context: KeyContext,
  key: RecordedKey,
): Promise<void> {
  if (!idMayBeReused(context)) return;
  const present = await find(operation, context, key, "fresh");
  if (present && (await isSurelyRecorded(context, present, key))) return;
  const { label } = context;
  const why =
    present === undefined
      ? "is gone"
      : isRecorded(context, present, key)
        ? `cannot be told from a newer key of its id (${printable(present.id)})`
        : `is gone and another key (${printable(present.id)}) has taken its place`;
  throw new ApiKeysError(
    "KEY_CONFLICT",
    `The ${label} ${why}, so nothing was changed. Look at it at the vendor, and run \`pulumi refresh\`, then \`pulumi up\`.`,
  );
}

/**
 * Revokes a key that must not stay.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when the response does not prove that it is gone
 */
export async function revokeProven(
  { vendor, pathParameters, label }: KeyContext,
  keyId: string,
  name: string,
): Promise<void> {
  if ((await vendor.revoke(pathParameters, keyId, name)) !== "unproven") return;
  throw new ApiKeysError(
    "RESPONSE_INVALID",
    `Key ${printable(keyId)} was to be revoked for the ${label}, but the response does not prove that it was. ` +
      "Check the connection's base URL, and look at that key at the vendor.",
  );
}

function notRevoked(label: string): ApiKeysError {
  return new ApiKeysError(
    "HTTP_PROBLEM",
    `The ${label} was to be revoked, but the answer does not prove that it was, and the key is still there. ` +
      "Check the connection's base URL, then run the same command again.",
  );
}
