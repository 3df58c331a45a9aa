import { isDeepStrictEqual } from "node:util";
import { ApiKeysError } from "../base/errors";
import { hasUnknown } from "../base/unknown";
import { sameField } from "../definition/sameField";
import { pick } from "../json/members";
import { type OperationContext, resolveRecordedKey } from "./context";
import { type Notice, notes, warnings } from "./notice";
import { changedRecords } from "./plan/changes";
import { assertDeliverable, owesDelivery } from "./plan/deliveries";
import { bornEnded, unkeptSchedule } from "./plan/grantedLife";
import { expiryWarnings, revocationNotes } from "./plan/scheduleWarnings";
import { type PlannedSteps, planSteps } from "./plan/steps";
import { asSentence } from "./sentence";
import type { KeyInputs, KeyState } from "./state/key";
import { adoptedKeyIdOf, isAdopted, underService } from "./state/keyState";
import { type Properties, writeInputs, writeState } from "./state/properties";
import { divergentInputs } from "./state/requestedValue";
import { bearsAskedName, noteSuccession } from "./state/successorName";
import { carriedFields, losesEnd } from "./steps/carriedFields";

/** What becomes of a property, and why. */
export interface PropertyChange {
  readonly property: string;
  /** `replace` asks for another key in this one's place; the others are done to this resource. */
  readonly kind: "add" | "update" | "delete" | "replace";
  readonly why: ChangeReason;
}

export type ChangeReason =
  /** The key would be at another place, or would be another key of the vendor's. */
  | "elsewhere"
  /** The vendor cannot change it in a key that exists. */
  | "immutable"
  /** The vendor changes it in place. */
  | "updatable"
  /** The key is due for renewal. */
  | "renewal"
  /** A store lacks what it should hold, or holds what it should not. */
  | "delivery"
  /** Only our records change. */
  | "record"
  /** What was left of an earlier step is finished: a previous key to be revoked, or a lost create to be looked for. */
  | "unfinished";

/** What an update has to do. */
export interface Plan {
  /** Empty where nothing is to be done. */
  readonly changes: readonly PropertyChange[];
  /** Whether the old key goes first, where two keys cannot stand side by side. */
  readonly deleteBeforeReplace: boolean;
  /** What the user should know before it is done. */
  readonly notices: readonly Notice[];
}

/**
 * Every step that an update has to take. It follows from what was done, what is asked and the time alone. Sends nothing.
 *
 * @param state what was done
 * @param inputs what is asked
 */
export function diff(operation: OperationContext, state: KeyState, inputs: KeyInputs): Plan {
  const steps = planSteps(operation, state, inputs);
  const forRefresh = operation.memory.isForRefresh(state, inputs);
  // A refresh has to get through: it is how a lost delivery becomes known.
  if (!forRefresh) assertDeliverable(steps, inputs);
  if (!forRefresh) assertScheduleKept(steps, state, inputs);
  const changes = changesOf(steps, state, inputs);
  const isReplaced = changes.some(({ kind }) => kind === "replace");
  if (isReplaced) noteReplacement(operation, state, inputs);
  const acts =
    isReplaced || changes.some(({ why }) => why !== "record" && why !== "unfinished" && why !== "delivery");
  // A key that is succeeded through a connection that has moved could not be revoked where it is.
  if (acts && inputs.connection === state.connection)
    resolveRecordedKey(operation, underService(state, inputs.service));
  const { definition } = inputs.service;
  return {
    changes,
    deleteBeforeReplace: definition.kind === "singleton" || keepsUniqueName(state, inputs),
    // A refresh takes none of these steps, and says itself what it sees.
    notices: forRefresh ? [] : noticesOf(operation, steps, state, inputs),
  };
}

function noticesOf(
  operation: OperationContext,
  steps: PlannedSteps,
  state: KeyState,
  inputs: KeyInputs,
): Notice[] {
  const logicalName = operation.memory.logicalName(inputs);
  const sentences = (messages: readonly string[]) =>
    messages.map((message) => asSentence(inputs.service.name, message, logicalName));
  const refused = steps.by === "key" || steps.elsewhere.length > 0 ? [] : refusedStill(state, inputs, steps);
  const endless = steps.by === "key" && losesEnd(state, inputs, operation.now());
  return [
    ...notes(sentences(deliveryNotes(steps))),
    ...notes(sentences(steps.elsewhere.length > 0 ? [] : revocationNotes(state, steps, inputs))),
    ...warnings(
      sentences([
        ...expiryWarnings(steps, inputs, operation.now()),
        ...(refused.length > 0
          ? [
              `${state.service.definition.title} has not taken an update of ${refused.join(", ")}, so the key is not as the program says. To apply the program, have another key made (\`pulumi up --replace\` with its URN), or say what the key has`,
            ]
          : []),
        ...(endless
          ? [
              `the key that was adopted ends at ${String(state.fields.expiresAt)}, and the new one will not: expiresAt is not carried over, because it is not known how long the key lived. Say expiresIn or expiresAt`,
            ]
          : []),
      ]),
    ),
  ];
}

/** Inputs that an update did not change as the program asks, and that this one does not send again. */
function refusedStill(state: KeyState, inputs: KeyInputs, { updates }: PlannedSteps): string[] {
  const { fields } = inputs.service.definition;
  return (state.refused ?? []).filter((name) => {
    const field = fields[name];
    const isAsAsked = field === undefined || sameField(field, state.fields[name], inputs.fields[name]);
    return !updates.includes(name) && !isAsAsked && !hasUnknown(inputs.fields[name]);
  });
}

/** Why a plan makes another key though the program asks for none. */
function deliveryNotes({ reason, deliveries }: PlannedSteps): string[] {
  return reason === "delivered"
    ? [
        `another key is made, because the state keeps no value that could be taken to ${deliveries.lost.join(" and ")}`,
      ]
    : [];
}

function changesOf(steps: PlannedSteps, state: KeyState, inputs: KeyInputs): PropertyChange[] {
  const { elsewhere, updates, fields, reason, rotatesWithOverlap, by } = steps;
  const [before, after] = [writeState(state), writeInputs(inputs)];
  const isReplaced = !rotatesWithOverlap && by !== "value";
  const change = (property: string, why: ChangeReason, replaces = false): PropertyChange => ({
    property,
    kind: replaces ? "replace" : kindOf(property, before, after),
    why,
  });
  const divergent = divergentInputs(inputs.service.definition, inputs, state.fields);
  return [
    ...elsewhere.map((name) => change(name, "elsewhere", isReplaced)),
    ...fields.map((name) => change(name, "immutable", isReplaced)),
    ...(reason === undefined ? [] : [change(reason, "renewal", isReplaced)]),
    ...updates.map((name) => change(name, "updatable")),
    ...(steps.previousRevocation === undefined ? [] : [change("previousKeyId", "unfinished")]),
    ...(state.unsettledSince === undefined ? [] : [change("unsettledSince", "unfinished")]),
    ...(owesDelivery(steps.deliveries) ? [change("delivered", "delivery")] : []),
    ...changedRecords(state, inputs).map((name) => change(name, "record")),
    ...(agrees(divergent, state, inputs) ? [] : [change("asked", "record")]),
  ];
}

/**
 * Whether state tells what was asked. Of a key that was imported nothing was: a program that says what the vendor chose
 * agrees with it, and asks for no update.
 */
function agrees(divergent: KeyState["asked"], state: KeyState, inputs: KeyInputs): boolean {
  const { asked, fields, service } = state;
  if (state.adopt !== undefined || !isAdopted(state)) return isDeepStrictEqual(divergent, asked);
  const stillOpen = pick(asked ?? {}, (name) => {
    const field = service.definition.fields[name];
    const isAgreed = field !== undefined && sameField(field, inputs.fields[name], fields[name]);
    return !(asked?.[name] === null && isAgreed);
  });
  return isDeepStrictEqual(divergent ?? {}, stillOpen);
}

function kindOf(property: string, before: Properties, after: Properties): PropertyChange["kind"] {
  if (after[property] === undefined) return "delete";
  return before[property] === undefined ? "add" : "update";
}

/**
 * A key that the program asks for otherwise is renewed for that, once.
 *
 * @throws {ApiKeysError} INVALID_INPUT when the vendor grants too short a life for the schedule
 */
function assertScheduleKept(steps: PlannedSteps, state: KeyState, inputs: KeyInputs): void {
  const { reason, elsewhere, fields, updates } = steps;
  if (elsewhere.length > 0 || fields.length > 0 || updates.length > 0) return;
  const unkept =
    reason === "dueAt" ? unkeptSchedule(state, inputs) : reason === "status" ? bornEnded(state) : undefined;
  if (unkept !== undefined) throw new ApiKeysError("INVALID_INPUT", unkept);
}

/** Notes what `create` and `delete` of a replacement have to know, because the engine does not pass it to them. */
function noteReplacement(operation: OperationContext, state: KeyState, inputs: KeyInputs): void {
  noteSuccession(operation, state, inputs);
  operation.memory.noteReplacement(inputs, state.delivered ?? []);
  const { adopt } = inputs;
  const fields = carriedFields(state, inputs, operation.now());
  const adoptedKeyId = adoptedKeyIdOf(state);
  if (typeof adopt === "string" && (adopt === state.adopt || adopt === state.keyId)) {
    operation.memory.succeededAdoptions.set(adopt, fields);
  } else if (adopt === undefined && adoptedKeyId !== undefined) {
    operation.memory.noteAdoptedOrigin(inputs, { adoptedKeyId, fields });
  }
}

/** A vendor that refuses a second key of a name cannot have the new one beside the old. */
function keepsUniqueName(state: KeyState, { service, fields, autonamed }: KeyInputs): boolean {
  return service.definition.uniqueNames === true && autonamed !== true && bearsAskedName(state, fields.name);
}
