import { ApiKeysError } from "../base/errors";
import { durationMs } from "../base/time";
import { printable } from "../redaction/printable";
import {
  contextOfPrevious,
  type KeyContext,
  labelWithId,
  type OperationContext,
  resolveRecordedKey,
  revokeUsedVariable,
} from "./context";
import { type Notice, warnings } from "./notice";
import { recentUse } from "./remote/lastUse";
import { assertSeenWhereMoved } from "./remote/provenAbsence";
import { revokeRecorded } from "./remote/revoke";
import type { KeyState } from "./state/key";
import { ownKeys, previousOf, underService } from "./state/keyState";
import { removeDelivery } from "./steps/deliver";
import { settleLostCreate } from "./steps/settleLostCreate";

/**
 * Revokes the key, the one before it that is still valid, and any that a create with a lost response has left.
 *
 * @returns what the user should know of
 * @throws {ApiKeysError} KEY_IN_USE when one of them was used too recently, before any is revoked
 * @throws {ApiKeysError} when one of them may still be live
 */
export async function remove(operation: OperationContext, state: KeyState): Promise<readonly Notice[]> {
  // A corrected definition serves the keys that leave the program beside others of their service.
  const current = operation.memory.serviceNamed(state.service.definition.name);
  const context = resolveRecordedKey(operation, underService(state, current));
  await assertSeenWhereMoved(operation, context, state);
  await assertIdle(operation, context, state);
  const notices = [await revokeRecorded(operation, context, state)];
  const previous = previousOf(state);
  if (previous) notices.push(await revokeRecorded(operation, contextOfPrevious(context, previous), previous));
  const settled = await settleLostCreate(context, state);
  // The end of a key must not wait for a store.
  for (const delivery of state.delivered ?? []) notices.push(await removeDelivery(operation, delivery));
  return warnings([...notices.filter((notice) => notice !== undefined), ...settled]);
}

/**
 * Whoever uses a key loses it with the resource, or with the successor that a replacement has made by now.
 *
 * @throws {ApiKeysError} KEY_IN_USE
 */
async function assertIdle(operation: OperationContext, context: KeyContext, state: KeyState): Promise<void> {
  const { revokeWhenIdleFor } = state;
  const idleMs = durationMs(revokeWhenIdleFor);
  if (idleMs === undefined) return;
  for (const key of ownKeys(state)) {
    if (operation.isRevokedThoughUsed(key.keyId)) continue;
    const there = key === state ? context : contextOfPrevious(context, key);
    const use = await recentUse(operation, there, key, idleMs);
    if (use === undefined) continue;
    const id = printable(key.keyId);
    throw new ApiKeysError(
      "KEY_IN_USE",
      `The ${labelWithId(there, key.keyId)} ${use.text}, and revokeWhenIdleFor asks for ${String(revokeWhenIdleFor)} without a use, so nothing was revoked. ` +
        `Have whatever uses it stop, and run the same command once it was idle for that long. To revoke it all the same, run the command with ${revokeUsedVariable}=${id}.`,
    );
  }
}
