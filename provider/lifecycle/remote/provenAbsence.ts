import { ApiKeysError } from "../../base/errors";
import { clockSkewMs, instantMs } from "../../base/time";
import { identityProblem } from "../../definition/rules/tenant";
import { printable } from "../../redaction/printable";
import type { RemoteKey } from "../../vendor";
import { contextOfPrevious, type KeyContext, labelWithId, type OperationContext } from "../context";
import type { KeyState, RecordedKey } from "../state/key";
import { knownOf, previousOf } from "../state/keyState";
import { idMayBeReused, isRecorded } from "./identity";
import { completeList, visibleKeys } from "./lists";
import { isSurelyRecorded } from "./surelyRecorded";

/**
 * The key at the vendor, or undefined on proof that it is gone: the vendor's own 404, or a complete list
 * without it that belongs to the same tenant, and in which a key of its age would be. A response that the
 * definition marks as no proof does not count.
 *
 * @param freshness `shared` may answer from a list that this operation has read already
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the list may be another tenant's; of a vendor that is said to have moved, when
 *   the key is not seen at the new place, or may be another there
 * @throws {ApiKeysError} RESPONSE_INVALID when nothing that the vendor says proves the key's absence, or when nothing tells
 *   whose list it is
 */
export async function find(
  operation: OperationContext,
  context: KeyContext,
  key: RecordedKey,
  freshness: "shared" | "fresh" = "shared",
): Promise<RemoteKey | undefined> {
  const { vendor, definition, pathParameters, label } = context;
  const isIt = ({ id }: RemoteKey) => id === key.keyId;
  const proves = proofsOf(context);
  let list: readonly RemoteKey[] | undefined;
  const look = async (how: "shared" | "fresh") => {
    list = await visibleKeys(context, how);
    // Where the vendor can be asked for the key itself, its own 404 is the proof.
    if (list && !list.some(isIt) && proves.list && !proves.get) {
      try {
        list = await completeList(context, list);
      } catch (error) {
        // What the list cannot tell of a live key, a look at the key itself still may.
        const seen = await vendor.get?.(pathParameters, key.keyId, knownOf(key));
        if (seen) return seen;
        throw error;
      }
    }
    const listed = list?.find(isIt);
    if (listed || (proves.list && !proves.get)) return listed;
    return vendor.get?.(pathParameters, key.keyId, knownOf(key));
  };
  const { seen } = operation.memory.place(context);
  const found = await look(freshness);
  if (found) {
    await assertItself(context, found, key);
    seen.add(key.keyId);
    return found;
  }
  if (isYoung(key, context.listLagMs, operation.now())) {
    await listsCaughtUp(operation, context);
    const appeared = await look("shared");
    if (appeared) {
      await assertItself(context, appeared, key);
      return appeared;
    }
  }
  if (!proves.list && !proves.get) {
    throw new ApiKeysError(
      "RESPONSE_INVALID",
      `Nothing that ${definition.title} answers proves that the ${label} is gone. If it is, remove it from the stack with \`pulumi state delete\`.`,
    );
  }
  // Where this operation has seen the key before, the list is no other user's.
  if (!seen.has(key.keyId)) assertOwnList(context);
  assertNotMoved(context, key);
  await assertOwnTenant(context, key, list);
  return undefined;
}

/** @throws {ApiKeysError} RESPONSE_INVALID where the list may be another user's, and nothing tells whose it is */
function assertOwnList({ definition, label }: KeyContext): void {
  // A key's tenant is compared below.
  if (definition.tenant || identityProblem(definition) === undefined) return;
  throw new ApiKeysError(
    "RESPONSE_INVALID",
    `The ${label} is not on the list, which proves nothing: by the definition of ${definition.title} the login decides whose keys are listed, ` +
      "and nothing tells whose login it is. Declare `tenant` with `whoami`, or `get`. If the key is gone, remove it from the stack with `pulumi state delete`.",
  );
}

/** @throws {ApiKeysError} IDENTITY_MISMATCH for a key that is not where its vendor is said to have moved to */
function assertNotMoved(context: KeyContext, { keyId }: RecordedKey): void {
  const { movedFrom, vendor } = context;
  if (movedFrom === undefined) return;
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${labelWithId(context, keyId)} was created at ${movedFrom}, and is not at ${vendor.origin}, where the connection says that the vendor has moved. ` +
      `Check movedFrom and the base URL: a key that is still at ${movedFrom} has to be revoked there. ${wayOut}`,
  );
}

/**
 * The id alone is no proof at another server: there it may be a stranger's key, which would be revoked in the end.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH for a key that may be another, where its vendor is said to have moved to
 */
async function assertItself(context: KeyContext, present: RemoteKey, key: RecordedKey): Promise<void> {
  const { movedFrom, vendor } = context;
  if (movedFrom === undefined || (await isSurelyRecorded(context, present, key))) return;
  const why = isRecorded(context, present, key)
    ? `nothing tells it from the key (${printable(present.id)}) that is there`
    : `another key (${printable(present.id)}) is there`;
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${labelWithId(context, key.keyId)} was created at ${movedFrom}. At ${vendor.origin}, where the connection says that the vendor has moved, ${why}, ` +
      `which was left alone. Check movedFrom and the base URL. ${wayOut}`,
  );
}

/** Where a key is known to be gone, or to be there though nothing tells it. */
const wayOut =
  "Else remove the resource from the stack with `pulumi state delete`; to keep a key, take it over with `adopt`.";

/**
 * Fails unless all keys of a resource are seen where their vendor is said to have moved to: what is done there to one of
 * them would forget the other.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH when one of them is not there, or may be another
 */
export async function assertSeenWhereMoved(
  operation: OperationContext,
  context: KeyContext,
  state: KeyState,
): Promise<void> {
  if (context.movedFrom === undefined) return;
  await find(operation, context, state);
  const previous = previousOf(state);
  if (previous) await find(operation, contextOfPrevious(context, previous), previous);
}

/** The key as `find` has it; another key in its place counts as its absence. */
export async function findRecorded(
  operation: OperationContext,
  context: KeyContext,
  recorded: RecordedKey,
): Promise<RemoteKey | undefined> {
  const key = await find(operation, context, recorded);
  return key && idMayBeReused(context) && !isRecorded(context, key, recorded) ? undefined : key;
}

/**
 * The key once no list can lag behind a renewal of ours any more: what it shows until then may be of the value before.
 *
 * @param seen as it was seen first
 */
export async function caughtUp(
  operation: OperationContext,
  context: KeyContext,
  recorded: RecordedKey,
  seen: RemoteKey,
): Promise<RemoteKey | undefined> {
  if (!isYoung(recorded, context.listLagMs, operation.now())) return seen;
  await listsCaughtUp(operation, context);
  return findRecorded(operation, context, recorded);
}

/** Whether the key is so new that a list may lag behind it. Two clocks had a part in its dates. */
function isYoung({ rotatedAt, fields, succeededAt }: RecordedKey, listLagMs: number, nowMs: number): boolean {
  const bornMs = [rotatedAt, fields.createdAt, succeededAt].map((text) => instantMs(text) ?? 0);
  return listLagMs > 0 && nowMs - Math.max(...bornMs) < listLagMs + clockSkewMs;
}

/** Waits until lists have caught up, and reads one again: once for all missing keys of one place. */
function listsCaughtUp(operation: OperationContext, context: KeyContext): Promise<unknown> {
  const { listLagMs } = context;
  return operation.memory
    .place(context)
    .catchUp(() => operation.sleep(listLagMs).then(() => visibleKeys(context, "fresh")));
}

/** Which of the vendor's responses can prove that there is no such key. */
export function proofsOf({ definition, vendor }: KeyContext): { list: boolean; get: boolean } {
  const { list, get } = definition.operations;
  return {
    list: vendor.list !== undefined && list?.provesAbsence !== false,
    get: vendor.get !== undefined && get?.provesAbsence !== false,
  };
}

/**
 * Fails where the credentials may not see the key, because then its absence proves nothing. Vendors without tenants always pass.
 *
 * @param list keys that the credentials see. Default: the vendor is asked for their tenant
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the credentials may be another tenant's
 */
export async function assertOwnTenant(
  { definition, vendor, label }: KeyContext,
  { fields, connection }: RecordedKey,
  list: readonly RemoteKey[] = [],
): Promise<void> {
  const field = definition.tenant?.field;
  if (field === undefined) return;
  const recorded = tenantText(fields[field]);
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
    `The ${label} belongs to tenant ${printable(recorded)}, but the credentials of connection "${connection}" are ` +
      `${present === undefined ? "not known to be that tenant's" : `of tenant ${printable(present)}`}, so its absence from their list proves nothing. ` +
      "Use credentials of the key's own tenant.",
  );
}

/** Vendors number their tenants or name them. */
function tenantText(told: unknown): string | undefined {
  return typeof told === "string" || typeof told === "number" ? String(told) : undefined;
}
