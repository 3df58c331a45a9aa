import { ApiKeysError } from "../errors";
import { printable } from "../printable";
import type { RemoteKey } from "../service/wire/key";
import type { Subject } from "./context";
import type { Properties } from "./properties";

/**
 * Lets pass only who may see the key: to everybody else it is absent. Keys of vendors without tenants pass always.
 *
 * @param list keys that the credentials see. Default: they are asked for their tenant at once
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the credentials may be another tenant's
 */
export async function assertOwnTenant(
  { definition, vendor, label }: Subject,
  outputs: Properties,
  list: readonly RemoteKey[] = [],
): Promise<void> {
  const field = definition.tenant?.field;
  if (field === undefined) return;
  const recorded = tenantText(outputs[field]);
  if (recorded === undefined) {
    throw new ApiKeysError(
      "IDENTITY_MISMATCH",
      `It is not known to which tenant the ${label} belongs, so its absence from a list proves nothing. ` +
        "If it is gone, remove it from the stack with `pulumi state delete`.",
    );
  }
  if (list.some((key) => tenantText(key.fields[field]) === recorded)) return;
  const present = await vendor.tenant?.();
  if (present === recorded) return;
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${label} belongs to tenant ${printable(recorded)}, but the credentials of connection "${outputs.connection}" are ` +
      `${present === undefined ? "not known to be that tenant's" : `of tenant ${printable(present)}`}, so its absence from their list proves nothing. ` +
      "Use credentials of the key's own tenant.",
  );
}

/** Vendors number their tenants or name them. */
function tenantText(told: unknown): string | undefined {
  return typeof told === "string" || typeof told === "number" ? String(told) : undefined;
}
