import { contextOfPrevious, type OperationContext, resolveRecordedKey } from "./context";
import { type Notice, warnings } from "./notice";
import { assertSeenWhereMoved } from "./remote/provenAbsence";
import { revokeRecorded } from "./remote/revoke";
import type { KeyState } from "./state/key";
import { previousOf, underService } from "./state/keyState";
import { removeDelivery } from "./steps/deliver";
import { settleLostCreate } from "./steps/settleLostCreate";

/**
 * Revokes the key, the one before it that is still valid, and any that a create with a lost response has left.
 *
 * @returns what the user should know of
 * @throws {ApiKeysError} when one of them may still be live
 */
export async function remove(operation: OperationContext, state: KeyState): Promise<readonly Notice[]> {
  // A corrected definition serves the keys that leave the program beside others of their service.
  const current = operation.memory.serviceNamed(state.service.definition.name);
  const context = resolveRecordedKey(operation, underService(state, current));
  await assertSeenWhereMoved(operation, context, state);
  const notices = [await revokeRecorded(operation, context, state)];
  const previous = previousOf(state);
  if (previous) notices.push(await revokeRecorded(operation, contextOfPrevious(context, previous), previous));
  const settled = await settleLostCreate(context, state);
  // The end of a key must not wait for a store.
  for (const delivery of state.delivered ?? []) notices.push(await removeDelivery(operation, delivery));
  return warnings([...notices.filter((notice) => notice !== undefined), ...settled]);
}
