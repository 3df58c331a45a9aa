import { ApiKeysError } from "../base/errors";
import { instantText } from "../base/time";
import type { ServiceDefinition } from "../definition/definition";
import { inputFields } from "../definition/inputFields";
import { printable } from "../redaction/printable";
import { anchorOf, hasOverlap, plannedDueMs, type Schedule } from "../rotation";
import { type KeyContext, type OperationContext, resolveKey, resolveRecordedKey } from "./context";
import { planSteps } from "./plan/steps";
import { find } from "./remote/find";
import { revokeRecorded } from "./remote/revoke";
import { divergentInputs, handedIn, mirroredInputs } from "./state/outputs";
import { previousOf, withoutPrevious } from "./state/previous";
import { type Properties, pick, scheduledInputs, text } from "./state/properties";
import { Progress } from "./steps/progress";
import { rotateInPlace } from "./steps/rotateInPlace";
import { rotateWithOverlap } from "./steps/rotateWithOverlap";
import { settleLostCreate } from "./steps/settleLostCreate";
import { changeFields } from "./steps/updateFields";

/** What is true after an update, and what the user should know of. */
export interface Updated {
  readonly outputs: Properties;
  readonly warnings: readonly string[];
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
  outputs: Properties,
  inputs: Properties,
): Promise<Updated> {
  const context = resolveKey(operation, inputs);
  if (inputs.connection !== outputs.connection) await checkVisible(operation, context, outputs, inputs);
  const { updates, rotatesWithOverlap, rotatesInPlace, inactive, previousRevocation } = planSteps(
    operation,
    context.definition,
    outputs,
    inputs,
  );
  const progress = new Progress(id, outputs);
  const there = () => resolveRecordedKey(operation, { ...outputs, connection: inputs.connection });

  if (outputs.unsettledSince !== undefined) {
    await progress.step(async () => {
      const warnings = await settleLostCreate(there(), outputs);
      const { unsettledSince: _, ...settled } = outputs;
      progress.advance(settled, warnings);
    });
  }
  const cause = previousRevocation ?? (rotatesWithOverlap && !inactive ? "forced" : undefined);
  if (cause !== undefined) await progress.step(() => retire(operation, there(), progress, cause));
  if (rotatesWithOverlap && inactive) await progress.step(() => revokeRecorded(operation, there(), outputs));
  if (rotatesWithOverlap) {
    const note = await progress.step(async () => {
      const resource = { id, outputs: progress.outputs, inactive };
      const {
        outputs: rotated,
        warnings,
        note,
      } = await rotateWithOverlap(operation, there(), resource, inputs);
      progress.advance(rotated, warnings);
      return note;
    });
    try {
      if ((inputs as Schedule).rotation?.revokeNow === true) {
        await progress.step(() => retire(operation, there(), progress, "asked"));
      }
    } finally {
      // Not before: until this update returns, no state knows of the new key.
      note.end("made");
    }
    return progress;
  }
  if (updates.length > 0) {
    await progress.step(async () => {
      const changed = await changeFields(operation, there(), progress.outputs, inputs, updates);
      progress.advance(changed.outputs, changed.warnings);
    });
  }
  if (rotatesInPlace) {
    await progress.step(async () =>
      progress.advance(await rotateInPlace(operation, there(), id, progress.outputs, inputs)),
    );
  }
  return { outputs: recorded(context.definition, progress.outputs, inputs), warnings: progress.warnings };
}

/** Why a previous key is revoked: its time has come, a renewal needs its place, or the program wants it gone at once. */
type Cause = "due" | "forced" | "asked";

/** Revokes the previous key, if there is one. */
async function retire(
  operation: OperationContext,
  context: KeyContext,
  progress: Progress,
  cause: Cause,
): Promise<void> {
  const previous = previousOf(progress.outputs);
  if (!previous) return;
  const notice = await revokeRecorded(operation, context, previous);
  const which = `The previous key of the ${context.label}, ${printable(String(previous.keyId))},`;
  const said: Record<Cause, string[]> = {
    due: [],
    forced: [
      `${which} was to stay valid until ${progress.outputs.previousRevokeAt} and was revoked now: the key is renewed again, and never more than two are live.`,
    ],
    asked: [
      `${which} was revoked at once, before anything that uses it was updated, as rotation.revokeNow asks.`,
    ],
  };
  progress.advance(withoutPrevious(progress.outputs), [
    ...said[cause],
    ...(notice === undefined ? [] : [notice]),
  ]);
}

/** The records as the program now says them; the key's own fields stay as the vendor has them. */
function recorded(definition: ServiceDefinition, outputs: Properties, inputs: Properties): Properties {
  const fields = new Set(inputFields(definition));
  const earlier = mirroredInputs(definition, outputs);
  const kept = pick(
    outputs,
    (name) => name !== "asked" && (fields.has(name) || !Object.hasOwn(earlier, name)),
  );
  const asked = pick(mirroredInputs(definition, inputs), (name) => !fields.has(name) && !isScheduled(name));
  const deviating = divergentInputs(definition, inputs, outputs);
  const value = outputs.valueAvailable === false ? text(inputs, "adoptValue") : undefined;
  return {
    ...kept,
    ...asked,
    ...schedule(outputs, inputs),
    ...(deviating && { asked: deviating }),
    ...(value !== undefined && handedIn(value)),
  };
}

/** What was done of the schedule; what `check` says of it in the inputs is for plans. */
function schedule(outputs: Properties, inputs: Properties): Properties {
  const { rotatedAt, previousRevokeAt, extendedAt } = outputs;
  const anchorAt = anchorOf(outputs, inputs);
  const due = plannedDueMs(outputs, inputs);
  const generation = outputs.generation ?? (hasOverlap(inputs) ? 1 : undefined);
  return {
    rotatedAt,
    ...(anchorAt !== undefined && { anchorAt }),
    ...(extendedAt !== undefined && inputs.expiresIn !== undefined && { extendedAt }),
    ...(due !== undefined && { dueAt: instantText(due) }),
    ...(generation !== undefined && { generation }),
    ...(previousRevokeAt !== undefined && { previousRevokeAt }),
  };
}

function isScheduled(name: string): boolean {
  return (scheduledInputs as readonly string[]).includes(name);
}

async function checkVisible(
  operation: OperationContext,
  context: KeyContext,
  outputs: Properties,
  inputs: Properties,
): Promise<void> {
  const found = await find(operation, context, { ...outputs, connection: inputs.connection });
  // A key that was seen to be gone, and stays for the sake of the one before it, cannot be seen by anybody.
  if (found || outputs.status === "revoked" || outputs.status === "expired") return;
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${context.label} cannot be seen through connection "${inputs.connection}", so it stays with "${outputs.connection}". ` +
      "Use credentials of the same tenant, or run `pulumi refresh` if the key is gone.",
  );
}
