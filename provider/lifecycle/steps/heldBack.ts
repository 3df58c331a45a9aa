import { instantText } from "../../base/time";
import { printable } from "../../redaction/printable";
import { idleForMs, latestRevocationMs, nextLookAt, rotationOf } from "../../rotation";
import { contextOfPrevious, type KeyContext, type OperationContext } from "../context";
import { recentUse } from "../remote/lastUse";
import type { KeyInputs } from "../state/key";
import { previousOf } from "../state/keyState";
import { askedSchedule, scheduleOf } from "../state/schedule";
import type { Progress } from "./progress";

/**
 * Looks at the previous key at the end of its overlap, where the program asks for that, and prolongs the overlap of one
 * that is used.
 *
 * @returns whether the previous key stays
 */
export async function heldBack(
  operation: OperationContext,
  context: KeyContext,
  progress: Progress,
  inputs: KeyInputs,
): Promise<boolean> {
  const { state } = progress;
  const asked = askedSchedule(inputs);
  const [idleMs, latestMs] = [idleForMs(asked), latestRevocationMs(scheduleOf(state), asked)];
  const previous = previousOf(state);
  const { revokeWhenIdleFor, overlapAtMost, revokeNow } = rotationOf(asked);
  if (previous === undefined || idleMs === undefined || latestMs === undefined || revokeNow === true)
    return false;
  const there = contextOfPrevious(context, previous);
  const use = await recentUse(operation, there, previous, idleMs);
  if (use === undefined) return false;
  const which = `The previous key of the ${context.label}, ${printable(previous.keyId)}, ${use.text}`;
  const latest = instantText(latestMs);
  if (latestMs <= operation.now()) {
    progress.tell([
      `${which}, and is revoked all the same, because rotation.overlapAtMost (${String(overlapAtMost)}) ended at ${latest}: whatever uses it fails until it has the new value.`,
    ]);
    return false;
  }
  const again = nextLookAt(use.usedAt, idleMs, latestMs, operation.now());
  progress.advance({ ...state, previousRevokeAt: again }, [
    `${which}, so it is kept. The first \`pulumi up\` from ${again} on revokes it if it was idle for ${String(revokeWhenIdleFor)} then, ` +
      `and the first one from ${latest} on in any case. Have whatever uses it load the new value.`,
  ]);
  return true;
}
