import { type OperationContext, resolveRecordedKey } from "./context";
import { revokeRecorded } from "./remote/revoke";
import { previousOf } from "./state/previous";
import type { Properties } from "./state/properties";
import { settleLostCreate } from "./steps/settleLostCreate";

/**
 * Revokes the key, the one before it that is still valid, and any that a create with a lost answer has left.
 *
 * @returns what the user should know of
 * @throws {ApiKeysError} when one of them may still be live
 */
export async function remove(operation: OperationContext, outputs: Properties): Promise<readonly string[]> {
  const context = resolveRecordedKey(operation, outputs);
  const notices = [await revokeRecorded(operation, context, outputs)];
  const previous = previousOf(outputs);
  if (previous) notices.push(await revokeRecorded(operation, context, previous));
  const settled = await settleLostCreate(context, outputs);
  return [...notices.filter((notice) => notice !== undefined), ...settled];
}
