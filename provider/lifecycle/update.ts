import { ApiKeysError } from "../base/errors";
import { inputFields } from "../definition/inputFields";
import { pick } from "../json/members";
import { printable } from "../redaction/printable";
import { datesAfter, hasOverlap, rotationOf } from "../rotation";
import {
  contextOfPrevious,
  type KeyContext,
  type OperationContext,
  resolveKey,
  resolveRecordedKey,
} from "./context";
import type { Notice } from "./notice";
import { assertDeliverable, owesDelivery } from "./plan/deliveries";
import { planSteps } from "./plan/steps";
import { ended } from "./read";
import { assertSeenWhereMoved, find } from "./remote/provenAbsence";
import { assertStillThere, revokeRecorded } from "./remote/revoke";
import { withCurrentTargets } from "./state/deliveries";
import type { KeyInputs, KeyState } from "./state/key";
import {
  adoptedKeyIdOf,
  adoptedValue,
  previousOf,
  recordedArgumentsOf,
  underService,
  withoutPrevious,
} from "./state/keyState";
import { divergentInputs } from "./state/requestedValue";
import { askedSchedule, scheduleOf } from "./state/schedule";
import { probeStores, withReadBackValue } from "./steps/deliver";
import { deliverCurrent } from "./steps/deliverCurrent";
import { deliverRotated } from "./steps/deliverRotated";
import { heldBack } from "./steps/heldBack";
import { Progress } from "./steps/progress";
import { rotateInPlace } from "./steps/rotateInPlace";
import { rotateWithOverlap } from "./steps/rotateWithOverlap";
import { settleLostCreate } from "./steps/settleLostCreate";
import { updateFields } from "./steps/updateFields";

/** What is true after an update, and what the user should know of. */
export interface Updated {
  readonly state: KeyState;
  readonly warnings: readonly Notice[];
}

/**
 * Takes the steps that are owed and need no other resource: a look for what a lost create has left, the end of the
 * previous key, a new key beside the current one, or a change of the current one; and brings the records in line with
 * the program.
 *
 * @param id the resource's
 * @throws {PartialSuccessError} when a step fails after another was done
 * @throws {ApiKeysError} IDENTITY_MISMATCH when a new connection cannot see the key
 */
export async function update(
  operation: OperationContext,
  id: string,
  recordedState: KeyState,
  inputs: KeyInputs,
): Promise<Updated> {
  const context = resolveKey(operation, inputs);
  const { connection } = context;
  const state = await seenWhereMoved(operation, context, recordedState, inputs);
  if (connection !== state.connection) await checkVisible(operation, context, state);
  const steps = planSteps(operation, state, inputs);
  assertDeliverable(steps, inputs);
  const { updates, rotatesWithOverlap, inactive, previousRevocation } = steps;
  const progress = new Progress(id, state);
  // A corrected definition counts from the first step on. With the recorded one, its mistake would stay for ever.
  const there = () => resolveRecordedKey(operation, { ...underService(state, inputs.service), connection });

  if (state.unsettledSince !== undefined) {
    await progress.step(async () => {
      const messages = await settleLostCreate(there(), state);
      progress.advance({ ...state, unsettledSince: undefined }, messages);
    });
  }
  const renews = steps.by !== undefined;
  if (renews) await progress.step(() => probeStores(operation, inputs, state.delivered ?? []));
  // A renewal needs the previous key's place.
  const isKept =
    previousRevocation === "due" &&
    !renews &&
    (await progress.step(() => heldBack(operation, there(), progress, inputs)));
  const forced = rotatesWithOverlap && !inactive ? "forced" : undefined;
  const cause = isKept ? undefined : (previousRevocation ?? forced);
  // A store may still hold the previous key: it ends once each holds the current one.
  const delivers = owesDelivery(steps.deliveries) && (!renews || (cause !== undefined && !inactive));
  if (delivers) await progress.step(() => deliverCurrent(operation, context, progress, inputs));
  if (cause !== undefined) await progress.step(() => revokePrevious(operation, there(), progress, cause));
  // A consumer that tries both keys has no use for the previous one any more.
  if (cause !== undefined && !renews) {
    await progress.step(() => deliverCurrent(operation, context, progress, inputs));
  }
  if (rotatesWithOverlap) {
    await overlapped(operation, there, progress, { id, inactive }, inputs);
    // The new key was made from these inputs, so its state has them already.
    return { state: progress.state, warnings: progress.warnings };
  }
  if (updates.length > 0) {
    await progress.step(async () => {
      await assertStillThere(operation, there(), progress.state);
      const changed = await updateFields(operation, there(), progress.state, inputs, updates);
      const news = ended(context, progress.state, changed.state);
      progress.advance(changed.state, [...changed.messages, ...news]);
    });
  }
  if (steps.by === "value") {
    await progress.step(async () => {
      await assertStillThere(operation, there(), progress.state);
      const renewed = await rotateInPlace(operation, there(), id, progress.state, inputs);
      const undelivered = { ...renewed.state, ...recordedArgumentsOf(inputs), encryptedValue: undefined };
      progress.advance(undelivered, renewed.messages);
      await deliverCurrent(operation, context, progress, inputs);
    });
  }
  return { state: recorded(context, progress.state, inputs, operation.now()), warnings: progress.warnings };
}

/** The state of a key whose vendor has moved, once it and the one before it were seen at the new place; any other as it is. */
async function seenWhereMoved(
  operation: OperationContext,
  { connection, definition, vendor }: KeyContext,
  state: KeyState,
  inputs: KeyInputs,
): Promise<KeyState> {
  const { movedFrom } = operation.connections.resolve(connection, definition);
  if (connection !== state.connection || movedFrom !== state.origin) return state;
  const there = resolveRecordedKey(operation, underService(state, inputs.service));
  await assertSeenWhereMoved(operation, there, state);
  return { ...state, origin: vendor.origin };
}

/** Makes a key beside the current one. One that opens nothing is cleared away first, so that never more than two are owned. */
async function overlapped(
  operation: OperationContext,
  there: () => KeyContext,
  progress: Progress,
  { id, inactive }: { readonly id: string; readonly inactive: boolean },
  inputs: KeyInputs,
): Promise<void> {
  if (inactive) {
    const notice = await progress.step(() => revokeRecorded(operation, there(), progress.state));
    if (notice !== undefined) progress.tell([notice]);
  }
  const note = await progress.step(async () => {
    const resource = { id, state: await withReadBackValue(operation, progress.state), inactive };
    const rotated = await rotateWithOverlap(operation, there(), resource, inputs);
    return deliverRotated(operation, there(), progress, rotated, id);
  });
  try {
    if (rotationOf(inputs).revokeNow === true) {
      await progress.step(() => revokePrevious(operation, there(), progress, "asked"));
      await progress.step(() => deliverCurrent(operation, there(), progress, inputs));
    }
  } finally {
    // Not before: until this update returns, no state knows of the new key.
    note.end("made");
  }
}

/** Why a previous key is revoked: its time has come, a renewal needs its place, or the program wants it gone at once. */
type Cause = "due" | "forced" | "asked";

/** Revokes the previous key, if there is one. */
async function revokePrevious(
  operation: OperationContext,
  context: KeyContext,
  progress: Progress,
  cause: Cause,
): Promise<void> {
  const previous = previousOf(progress.state);
  if (!previous) return;
  const notice = await revokeRecorded(operation, contextOfPrevious(context, previous), previous);
  const which = `The previous key of the ${context.label}, ${printable(previous.keyId)},`;
  const said: Record<Cause, string[]> = {
    due: [],
    forced: [
      `${which} was to stay valid until ${progress.state.previousRevokeAt} and was revoked now: the key is renewed again, and never more than two are live.`,
    ],
    asked: [
      `${which} was revoked at once, before anything that uses it was updated, as rotation.revokeNow asks.`,
    ],
  };
  progress.advance(withoutPrevious(progress.state), notice === undefined ? said[cause] : [notice]);
}

/** The records as the program now says them; the key's own fields stay as the vendor has them. */
function recorded(context: KeyContext, state: KeyState, inputs: KeyInputs, nowMs: number): KeyState {
  const { definition, connection, pathParameters } = context;
  const { service, adoptValue } = inputs;
  const value = state.valueAvailable === false && typeof adoptValue === "string" ? adoptValue : undefined;
  return {
    ...state,
    fields: keptFields(state, inputs),
    ...{ service, connection, pathParameters },
    ...recordedArgumentsOf(inputs),
    delivered: withCurrentTargets(state, inputs),
    adoptedKeyId: inputs.adopt === undefined ? adoptedKeyIdOf(state) : undefined,
    ...datesAfter(scheduleOf(state), askedSchedule(inputs), nowMs, false),
    generation: state.generation ?? (hasOverlap(askedSchedule(inputs)) ? 1 : undefined),
    asked: divergentInputs(definition, inputs, state.fields),
    ...(value !== undefined && adoptedValue(value)),
  };
}

/** Without what only an earlier definition asked for. */
function keptFields({ service, fields }: KeyState, inputs: KeyInputs) {
  const [earlier, now] = [service, inputs.service].map(({ definition }) => new Set(inputFields(definition)));
  return pick(fields, (name) => now?.has(name) === true || earlier?.has(name) !== true);
}

/** @throws {ApiKeysError} IDENTITY_MISMATCH when the key cannot be seen through the connection that the program now names */
async function checkVisible(
  operation: OperationContext,
  context: KeyContext,
  state: KeyState,
): Promise<void> {
  const { connection, label } = context;
  const found = await find(operation, context, { ...state, connection });
  // A key that was seen to be gone, and stays for the sake of the one before it, cannot be seen by anybody.
  if (found || state.status === "revoked" || state.status === "expired") return;
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${label} cannot be seen through connection "${connection}", so it stays with "${state.connection}". ` +
      "Use credentials of the same tenant, or run `pulumi refresh` if the key is gone.",
  );
}
