import { ApiKeysError } from "../base/errors";
import { omit } from "../json/members";
import {
  type OperationContext,
  type Properties,
  type RecordedKey,
  readInputs,
  readState,
} from "../lifecycle";
import * as recover from "../lifecycle/recover";
import { ownKeys } from "../lifecycle/state/keyState";

/**
 * Looks for the key of a create that was interrupted, by its exact name.
 *
 * @param inputs of the engine's pending operation, or what was noted of the create
 * @param tracked keys that the stack's state knows
 */
export function interruptedCreate(
  operation: OperationContext,
  inputs: Properties,
  tracked: readonly recover.TrackedKey[],
): Promise<recover.InterruptedCreate> {
  const origin = typeof inputs.origin === "string" ? inputs.origin : undefined;
  const asked = readInputs(omit(inputs, "origin"));
  return recover.interruptedCreate(operation, { inputs: asked, origin }, tracked);
}

/**
 * The keys that a resource's outputs tell of. A resource of another kind may have some of ours, of which no more than the
 * id is known.
 */
export function trackedKeys(outputs: Properties): recover.TrackedKey[] {
  const known = recordedKeys(outputs);
  return [outputs.keyId, outputs.previousKeyId].flatMap((keyId) =>
    typeof keyId === "string" ? [{ keyId, recorded: known.find((key) => key.keyId === keyId) }] : [],
  );
}

function recordedKeys(outputs: Properties): readonly RecordedKey[] {
  try {
    return ownKeys(readState(outputs));
  } catch (error) {
    if (error instanceof ApiKeysError) return [];
    throw error;
  }
}
