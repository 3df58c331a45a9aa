import { ApiKeysError } from "../../base/errors";
import { pollUntil } from "../../base/poll";
import { isLive, type RemoteKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { completeList } from "./lists";
import { proofsOf } from "./provenAbsence";

/**
 * The keys that bear one of these names, read anew.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when there are none in a list that proves nothing
 * @throws {ApiKeysError} RESPONSE_INVALID when the vendor does not tell the names, so that none can be ruled out
 */
export async function keysNamed(context: KeyContext, ...names: readonly string[]): Promise<RemoteKey[]> {
  const present = await readAnew(context);
  if (present.some((key) => key.fields.name === undefined)) {
    throw new ApiKeysError(
      "RESPONSE_INVALID",
      `${context.definition.title} does not return the names of its keys, so the list does not show whether a key was left for the ${context.label}. Look at the keys at the vendor.`,
    );
  }
  const named = present.filter((key) => names.some((name) => isNamed(key, name)));
  if (named.length === 0) refuseUnproven(context);
  return named;
}

/** Whether a key bears a name, in whatever case the vendor keeps names. */
export function isNamed({ fields }: RemoteKey, name: string): boolean {
  return typeof fields.name === "string" && fields.name.toLowerCase() === name.toLowerCase();
}

/**
 * All keys beside each other, read anew.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when the list may lack some
 */
export async function keysPresent(context: KeyContext): Promise<readonly RemoteKey[]> {
  const present = await readAnew(context);
  refuseUnproven(context);
  return present;
}

/**
 * Keys of a name that are at the vendor, or appear there in time: a list may lag behind, so it is read again, less and
 * less often, until a key is found or the time is over.
 *
 * @param forMs how long to wait, in milliseconds; 0 looks once
 * @throws {ApiKeysError} when a look proves nothing
 */
export function keysAppearing(
  operation: OperationContext,
  context: KeyContext,
  name: string,
  isWanted: (key: RemoteKey) => boolean,
  forMs = context.listLagMs,
): Promise<RemoteKey[]> {
  return pollUntil(
    operation,
    forMs,
    async () => (await keysNamed(context, name)).filter(isWanted),
    (found) => found.length > 0,
  );
}

/**
 * Live keys that were not there before, once no list can lag behind any more.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when the list may lack some
 */
export async function keysSince(
  operation: OperationContext,
  context: KeyContext,
  before: ReadonlySet<string>,
): Promise<RemoteKey[]> {
  await operation.sleep(context.listLagMs);
  const present = await keysPresent(context);
  return present.filter((key) => !before.has(key.id) && isLive(key));
}

async function readAnew(context: KeyContext): Promise<readonly RemoteKey[]> {
  const { vendor, pathParameters } = context;
  const list = await vendor.list?.(pathParameters, "fresh");
  if (list) return completeList(context, list);
  const only = await vendor.get?.(pathParameters, "");
  return only ? [only] : [];
}

function refuseUnproven(context: KeyContext): void {
  if (!context.vendor.list || proofsOf(context).list) return;
  throw new ApiKeysError(
    "RESPONSE_INVALID",
    `The list of ${context.definition.title} keys may lack keys that exist, so it does not show whether a key was left for the ${context.label}. Look at the keys at the vendor.`,
  );
}
