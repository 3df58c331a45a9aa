import { instantText } from "../../base/time";
import type { KeyContext, OperationContext } from "../context";
import type { CreateNote } from "../memory";
import { keepsValue } from "../state/deliveries";
import { asPrevious } from "../state/keyState";
import { deliver, undelivered } from "./deliver";
import { endNote, revokeUndelivered, unsettledAdvice } from "./deliverCreated";
import { PartialSuccessError, type Progress } from "./progress";
import type { Rotated } from "./rotateWithOverlap";

/**
 * Takes a key that stands beside its predecessor to the stores. Where that fails, nothing ends: the stores hold the
 * predecessor, which stays valid.
 *
 * @returns the note of the new key's create, to be struck out once the state has the key
 * @throws {ApiKeysError} DELIVERY_FAILED when a store does not hold it
 */
export async function deliverRotated(
  operation: OperationContext,
  context: KeyContext,
  progress: Progress,
  { state: rotated, messages, note }: Rotated,
  id: string,
): Promise<CreateNote> {
  const before = progress.state;
  const successor = { ...rotated, delivered: before.delivered };
  const { state, failures, undo } = await deliver(operation, successor, successor);
  if (failures.length === 0) {
    progress.advance(state, messages);
    return note;
  }
  const { label } = context;
  if (keepsValue(state)) {
    progress.advance(state, messages);
    note.end("made");
    throw undelivered(
      label,
      failures,
      "It was renewed and the new key is in state. The previous key stays valid until the next `pulumi up` has delivered the new one.",
    );
  }
  await undo();
  const left = await revokeUndelivered(operation, context, rotated);
  endNote(note, state, left);
  if (left === undefined) {
    throw undelivered(
      label,
      failures,
      `The new key was revoked, and the one before it stays as it was.${unsettledAdvice(state)}`,
    );
  }
  const consequence = `The new key, ${rotated.keyId}, could not be revoked: ${left} The next \`pulumi up\` revokes it; the one before it stays as it was.`;
  const stray = asPrevious(rotated, instantText(operation.now()));
  throw new PartialSuccessError(
    id,
    { ...before, ...stray },
    undelivered(label, failures, consequence).message,
  );
}
