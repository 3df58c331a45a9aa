import { sameField } from "../compare";
import { ApiKeysError } from "../errors";
import { printable } from "../printable";
import type { RemoteKey } from "../service/mapping";
import type { Subject } from "./context";
import { type Properties, requiredText, text } from "./properties";

/**
 * The key at the vendor, or undefined on proof that it is gone: the vendor's own 404, or a complete list
 * without it that belongs to the same tenant.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the list may be another tenant's
 */
export async function find(
  { vendor, definition, parents, label }: Subject,
  outputs: Properties,
  freshness: "shared" | "fresh" = "shared",
): Promise<RemoteKey | undefined> {
  const keyId = requiredText(outputs, "keyId");
  const list = await vendor.list?.(parents, freshness);
  const listed = list?.find((key) => key.id === keyId);
  if (listed) return listed;
  const got = await vendor.get?.(parents, keyId);
  if (got) return got;

  const field = definition.tenant?.field;
  if (field === undefined) return undefined;
  const recorded = text(outputs, field);
  if (recorded === undefined) {
    throw new ApiKeysError(
      "IDENTITY_MISMATCH",
      `It is not known to which tenant the ${label} belongs, so its absence from a list proves nothing. ` +
        "If it is gone, remove it from the stack with `pulumi state delete`.",
    );
  }
  if (list?.some((key) => key.fields[field] === recorded)) return undefined;
  const present = await vendor.tenant?.();
  if (present === recorded) return undefined;
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${label} belongs to tenant ${printable(recorded)}, but the credentials of connection "${outputs.connection}" are ` +
      `${present === undefined ? "not known to be that tenant's" : `of tenant ${printable(present)}`}, so its absence from their list proves nothing. ` +
      "Use credentials of the key's own tenant.",
  );
}

/** Whether a singleton's only key is the recorded one, and not a colleague's newer. */
export function isRecorded({ definition }: Subject, key: RemoteKey, outputs: Properties): boolean {
  if (key.id !== outputs.keyId) return false;
  return ["prefix", "createdAt"].every((name) => {
    const field = definition.fields[name];
    const [now, then] = [key.fields[name] ?? undefined, outputs[name]];
    return field === undefined || now === undefined || then === undefined || sameField(field, now, then);
  });
}

/**
 * The keys that bear a name, read anew. The name is ours alone where we made it up.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when the vendor does not tell the names, so that none can be ruled out
 */
export async function keysNamed({ vendor, parents }: Subject, name: string): Promise<RemoteKey[]> {
  const only = vendor.list ? undefined : await vendor.get?.(parents, "");
  const present = (await vendor.list?.(parents, "fresh")) ?? (only ? [only] : []);
  if (present.some((key) => key.fields.name === undefined)) {
    throw new ApiKeysError("RESPONSE_INVALID", "the vendor does not tell the names of its keys.");
  }
  return present.filter((key) => key.fields.name === name);
}
