import { lookUntil } from "../lookUntil";
import type { RemoteKey } from "../service/wire/key";
import type { Subject, World } from "./context";
import { keysNamed } from "./listedKeys";

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
