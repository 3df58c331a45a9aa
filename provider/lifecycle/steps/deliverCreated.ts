import { reasonOf } from "../../base/errors";
import type { KeyContext, OperationContext } from "../context";
import type { CreateNote } from "../memory";
import { revokeRecorded } from "../remote/revoke";
import { keepsValue } from "../state/deliveries";
import type { Delivery, KeyState } from "../state/key";
import { deliver, undelivered } from "./deliver";
import type { Creation, Issued } from "./issueKey";
import { PartialSuccessError } from "./progress";

/**
 * Takes a new key to its stores, and strikes out the note of its create. A key that could not be delivered is revoked
 * where the state keeps no value, because nobody will ever know it, and where it takes another's place: the engine would
 * end that one next, and a store still holds it.
 *
 * @param replaced where the key was taken whose place it takes; undefined where it takes that of none
 * @throws {PartialSuccessError} when it exists and a store does not hold it
 * @throws {ApiKeysError} DELIVERY_FAILED when it was revoked
 */
export async function deliverCreated(
  operation: OperationContext,
  context: KeyContext,
  { creation, note }: Issued,
  replaced: readonly Delivery[] | undefined,
): Promise<Creation> {
  const { id } = creation;
  const isReplacement = replaced !== undefined;
  const { state, failures, undo } = await deliver(
    operation,
    creation.state,
    creation.state,
    isReplacement || !keepsValue(creation.state),
    replaced,
  );
  if (failures.length === 0) {
    note.end("made");
    return { ...creation, state };
  }
  if (keepsValue(state) && !isReplacement) {
    note.end("made");
    const consequence = "It was created and is in state; the next `pulumi up` delivers it.";
    throw new PartialSuccessError(id, state, undelivered(context.label, failures, consequence).message);
  }
  await undo();
  const left = await revokeUndelivered(operation, context, state);
  endNote(note, state, left);
  if (left === undefined) {
    throw undelivered(
      context.label,
      failures,
      (isReplacement
        ? "It was revoked, and the key before it stays as it was. Run `pulumi up` again once the store can be written."
        : "It was revoked, and nothing is in state. Run `pulumi up` again once the store can be written.") +
        unsettledAdvice(state),
    );
  }
  const consequence = `It could not be revoked either, so it is in state: ${left} The next \`pulumi up\` makes another in its place.`;
  throw new PartialSuccessError(id, state, undelivered(context.label, failures, consequence).message);
}

/**
 * Takes an adopted key to its stores.
 *
 * @throws {PartialSuccessError} when a store does not hold it
 */
export async function deliverAdopted(
  operation: OperationContext,
  { label }: KeyContext,
  creation: Creation,
): Promise<Creation> {
  const { state, failures } = await deliver(operation, creation.state, creation.state);
  if (failures.length === 0) return { ...creation, state };
  const consequence = "It was taken over and is in state; the next `pulumi up` delivers it.";
  throw new PartialSuccessError(creation.id, state, undelivered(label, failures, consequence).message);
}

/**
 * Strikes out the note of a create whose key was taken back; but not where an earlier attempt may still have left one, of
 * which no state tells.
 *
 * @param left why the key may be live; undefined once it is gone
 */
export function endNote(note: CreateNote, { unsettledSince }: KeyState, left: string | undefined): void {
  if (left !== undefined) note.end("made");
  else if (unsettledSince === undefined) note.end("nothing");
}

/** What the user should know where an earlier attempt may have left a key; empty elsewhere. */
export function unsettledAdvice({ unsettledSince }: KeyState): string {
  return unsettledSince === undefined
    ? ""
    : " The answer to an earlier attempt was lost, and its key may still appear: run `npx pulumi-apikeys recover`.";
}

/** Revokes a key whose value nobody will ever know; undefined once it is gone, else why it may be live. */
export async function revokeUndelivered(
  operation: OperationContext,
  context: KeyContext,
  key: Parameters<typeof revokeRecorded>[2],
): Promise<string | undefined> {
  try {
    return await revokeRecorded(operation, context, key);
  } catch (error) {
    return reasonOf(error);
  }
}
