import { ApiKeysError } from "../../base/errors";
import { clockSkewMs, instantMs } from "../../base/time";
import { printable } from "../../redaction/printable";
import type { RemoteKey, Vendor } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { type Properties, requiredText } from "../state/properties";
import { idMayBeReused, isRecorded } from "./identity";

/**
 * The key at the vendor, or undefined on proof that it is gone: the vendor's own 404, or a complete list
 * without it that belongs to the same tenant, and in which a key of its age would be. Of these, what the service's
 * definition says to prove nothing is no proof.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the list may be another tenant's
 * @throws {ApiKeysError} RESPONSE_INVALID when nothing that the vendor says proves the key's absence
 */
export async function find(
  operation: OperationContext,
  context: KeyContext,
  outputs: Properties,
  freshness: "shared" | "fresh" = "shared",
): Promise<RemoteKey | undefined> {
  const { vendor, definition, pathParameters, label } = context;
  const keyId = requiredText(outputs, "keyId");
  const isIt = ({ id }: RemoteKey) => id === keyId;
  const proves = proofsOf(context);
  let list: readonly RemoteKey[] | undefined;
  const look = async (how: "shared" | "fresh") => {
    list = await vendor.list?.(pathParameters, how);
    // Where the vendor can be asked for the key itself, its own 404 is the proof.
    if (list && !list.some(isIt) && proves.list && !proves.get) {
      try {
        list = await completeList(context, list);
      } catch (error) {
        // What the list cannot tell of a live key, a look at the key itself still may.
        const seen = await vendor.get?.(pathParameters, keyId, outputs);
        if (seen) return seen;
        throw error;
      }
    }
    const listed = list?.find(isIt);
    if (listed || (proves.list && !proves.get)) return listed;
    return vendor.get?.(pathParameters, keyId, outputs);
  };
  const found = await look(freshness);
  if (found) return found;
  if (isYoung(outputs, context.listLagMs, operation.now())) {
    await caughtUp(operation, context);
    const appeared = await look("shared");
    if (appeared) return appeared;
  }
  if (!proves.list && !proves.get) {
    throw new ApiKeysError(
      "RESPONSE_INVALID",
      `Nothing that ${definition.title} answers proves that the ${label} is gone. If it is, remove it from the stack with \`pulumi state delete\`.`,
    );
  }

  await assertOwnTenant(context, outputs, list);
  return undefined;
}

/** Whether the key is so new that a list may lag behind it. Two clocks had a part in its dates. */
function isYoung(outputs: Properties, listLagMs: number, nowMs: number): boolean {
  const bornMs = [outputs.rotatedAt, outputs.createdAt, outputs.succeededAt].map(
    (text) => instantMs(text) ?? 0,
  );
  return listLagMs > 0 && nowMs - Math.max(...bornMs) < listLagMs + clockSkewMs;
}

const caughtUpLists = new WeakMap<Vendor, Map<string, Promise<unknown>>>();

/** Waits until lists have caught up, and reads one anew: once for all keys beside each other that are missing. */
function caughtUp(
  operation: OperationContext,
  { vendor, pathParameters, listLagMs }: KeyContext,
): Promise<unknown> {
  const ofVendor = caughtUpLists.get(vendor) ?? new Map<string, Promise<unknown>>();
  caughtUpLists.set(vendor, ofVendor);
  const place = JSON.stringify(pathParameters);
  const list =
    ofVendor.get(place) ?? operation.sleep(listLagMs).then(() => vendor.list?.(pathParameters, "fresh"));
  ofVendor.set(place, list);
  return list;
}

/** The key as `find` has it; somebody else's in its place counts as its absence. */
export async function findRecorded(
  operation: OperationContext,
  context: KeyContext,
  outputs: Properties,
): Promise<RemoteKey | undefined> {
  const key = await find(operation, context, outputs);
  return key && idMayBeReused(context) && !isRecorded(context, key, outputs) ? undefined : key;
}

/** Which of the vendor's answers can prove that there is no such key. */
export function proofsOf({ definition, vendor }: KeyContext): { list: boolean; get: boolean } {
  const { list, get } = definition.operations;
  return {
    list: vendor.list !== undefined && list?.provesAbsence !== false,
    get: vendor.get !== undefined && get?.provesAbsence !== false,
  };
}

/** A list that proves what it lacks to be absent. */
export async function completeList(
  { vendor, pathParameters }: KeyContext,
  list: readonly RemoteKey[],
): Promise<readonly RemoteKey[]> {
  return vendor.completeList ? vendor.completeList(pathParameters, list) : list;
}

/**
 * Lets pass only who may see the key: to everybody else it is absent. Keys of vendors without tenants pass always.
 *
 * @param list keys that the credentials see. Default: they are asked for their tenant at once
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the credentials may be another tenant's
 */
export async function assertOwnTenant(
  { definition, vendor, label }: KeyContext,
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
