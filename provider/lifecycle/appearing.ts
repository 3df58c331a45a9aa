import type { RemoteKey } from "../service/wire/key";
import type { Subject, World } from "./context";
import { keysNamed } from "./listedKeys";

/** When to look again, as parts of the time to wait. */
const waits = [0, 1 / 8, 1 / 8, 1 / 4, 1 / 2];

/**
 * Keys of a name that are at the vendor, or appear there in time: a list may lag behind, so it is read again, less and
 * less often, until a key is found or the time is over.
 *
 * @param forMs how long to wait, in milliseconds; 0 looks once
 * @throws {ApiKeysError} when a look proves nothing
 */
export async function keysAppearing(
  world: World,
  subject: Subject,
  name: string,
  isWanted: (key: RemoteKey) => boolean,
  forMs = subject.listLagMs,
): Promise<RemoteKey[]> {
  for (const part of forMs > 0 ? waits : [0]) {
    if (part > 0) await world.sleep(Math.ceil(forMs * part));
    const found = (await keysNamed(subject, name)).filter(isWanted);
    if (found.length > 0) return found;
  }
  return [];
}
