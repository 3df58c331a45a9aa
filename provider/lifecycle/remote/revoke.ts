import { ApiKeysError } from "../../base/errors";
import { printable } from "../../redaction/printable";
import type { KeyContext, OperationContext } from "../context";
import { type Properties, requiredText, text } from "../state/properties";
import { assertOwnTenant, find } from "./find";
import { idMayBeReused, isRecorded } from "./identity";

/**
 * Revokes the key that outputs record. Already gone is what is wanted, if it is the vendor that says so.
 *
 * @returns what the user should know of
 * @throws {ApiKeysError} when the key may still be live
 */
export async function revokeRecorded(
  operation: OperationContext,
  context: KeyContext,
  outputs: Properties,
): Promise<string | undefined> {
  const { vendor, pathParameters, label } = context;
  const keyId = requiredText(outputs, "keyId");
  if (operation.adoptions.takenOver.has(keyId)) {
    return `The ${label} (${printable(keyId)}) was taken over by another resource or a replacement, so it was not revoked. To make a new key, change rotation.triggers.`;
  }
  let known = outputs;
  if (idMayBeReused(context) || context.definition.uniqueNames === "suffix") {
    // Whatever stands there now would go: the path names no key, or the id, or the name, may be another's by now.
    const present = await find(operation, context, outputs, "fresh");
    if (!present) return undefined;
    if (idMayBeReused(context) && !isRecorded(context, present, outputs)) {
      return `The ${label} is gone and another key (${printable(present.id)}) has taken its place, which was left alone.`;
    }
    known = { ...outputs, ...present.fields };
  }
  const outcome = await vendor.revoke(pathParameters, keyId, text(known, "name") ?? keyId, known);
  if (outcome === "revoked") return undefined;
  // Credentials that may not see the key's parent or tenant get the same 404, so a list has to show it missing.
  if (outcome === "absent" && !vendor.list) {
    await assertOwnTenant(context, outputs);
    return undefined;
  }
  const present = await find(operation, context, outputs, "fresh");
  if (present && present.fields.active !== false) throw unproven(label);
  return undefined;
}

function unproven(label: string): ApiKeysError {
  return new ApiKeysError(
    "HTTP_PROBLEM",
    `The ${label} was to be revoked, but the answer does not prove that it was, and the key is still there. ` +
      "Check the connection's base URL, then run the same command again.",
  );
}

/**
 * Revokes a key that must not stay.
 *
 * @throws {ApiKeysError} when the answer does not prove that it is gone
 */
export async function revokeProven(
  { vendor, pathParameters }: KeyContext,
  keyId: string,
  name: string,
): Promise<void> {
  if ((await vendor.revoke(pathParameters, keyId, name)) !== "unproven") return;
  throw new ApiKeysError("RESPONSE_INVALID", "the answer does not prove that it was revoked.");
}
