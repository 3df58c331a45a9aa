import { recordedSubject, type World } from "./context";
import { revokeRecorded } from "./remote/revoke";
import { previousOf } from "./state/previous";
import type { Properties } from "./state/properties";
import { settle } from "./steps/settleLostCreate";

/**
 * Revokes the key, the one before it that is still valid, and any that a create with a lost answer has left.
 *
 * @returns what the user should know of
 * @throws {ApiKeysError} when one of them may still be live
 */
export async function remove(world: World, outputs: Properties): Promise<readonly string[]> {
  const subject = recordedSubject(world, outputs);
  const notices = [await revokeRecorded(world, subject, outputs)];
  const previous = previousOf(outputs);
  if (previous) notices.push(await revokeRecorded(world, subject, previous));
  const settled = await settle(subject, outputs);
  return [...notices.filter((notice) => notice !== undefined), ...settled];
}
