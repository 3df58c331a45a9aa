import { ApiKeysError } from "../../base/errors";
import { lookUntil } from "../../base/poll";
import type { RemoteKey } from "../../vendor";
import type { Subject, World } from "../context";
import { proofsOf, settled } from "./find";

/**
 * The keys that bear a name, read anew. The name is ours alone where we made it up.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when there are none in a list that proves nothing
 * @throws {ApiKeysError} RESPONSE_INVALID when the vendor does not tell the names, so that none can be ruled out
 */
export async function keysNamed(subject: Subject, name: string): Promise<RemoteKey[]> {
  const present = await readAnew(subject);
  if (present.some((key) => key.fields.name === undefined)) {
    throw new ApiKeysError("RESPONSE_INVALID", "the vendor does not tell the names of its keys.");
  }
  const named = present.filter((key) => key.fields.name === name);
  if (named.length === 0) refuseUnproven(subject);
  return named;
}

/**
 * All keys beside each other, read anew.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when the list may lack some
 */
export async function keysPresent(subject: Subject): Promise<readonly RemoteKey[]> {
  const present = await readAnew(subject);
  refuseUnproven(subject);
  return present;
}

async function readAnew(subject: Subject): Promise<readonly RemoteKey[]> {
  const { vendor, parents } = subject;
  const list = await vendor.list?.(parents, "fresh");
  if (list) return settled(subject, list);
  const only = await vendor.get?.(parents, "");
  return only ? [only] : [];
}

function refuseUnproven(subject: Subject): void {
  if (!subject.vendor.list || proofsOf(subject).list) return;
  throw new ApiKeysError("RESPONSE_INVALID", "the vendor's list may lack keys that there are.");
}

/**
 * Keys of a name that are at the vendor, or appear there in time: a list may lag behind, so it is read again, less and
 * less often, until a key is found or the time is over.
 *
 * @param forMs how long to wait, in milliseconds; 0 looks once
 * @throws {ApiKeysError} when a look proves nothing
 */
export function keysAppearing(
  world: World,
  subject: Subject,
  name: string,
  isWanted: (key: RemoteKey) => boolean,
  forMs = subject.listLagMs,
): Promise<RemoteKey[]> {
  return lookUntil(
    world,
    forMs,
    async () => (await keysNamed(subject, name)).filter(isWanted),
    (found) => found.length > 0,
  );
}
