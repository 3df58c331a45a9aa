import { isDeepStrictEqual } from "node:util";
import type { ServiceDefinition } from "../definition/definition";
import { resolveService } from "../definition/registry";
import { type OperationContext, resolveRecordedKey } from "./context";
import { changedBookkeeping } from "./plan/changes";
import { engineSeesDifference } from "./plan/comparison";
import { planSteps } from "./plan/steps";
import { divergentInputs } from "./state/outputs";
import type { Properties } from "./state/properties";
import { noteSuccession } from "./state/successorName";

/** What an update owes, as the engine wants to hear it. */
export interface Plan {
  readonly changes: boolean;
  /**
   * Whether the inputs differ from those in state, so that the engine's own comparison of them shows all there is to
   * see. Without that it shows every output as removed; but where they do not differ, it would do nothing.
   */
  readonly visible: boolean;
  /** Properties that ask for another key in this one's place. */
  readonly replaces: readonly string[];
  /** Where two keys cannot stand side by side, the old one goes first. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * Every step that is owed, from what was done, what is asked and the time alone. Sends nothing.
 *
 * @param outputs what was done
 * @param inputs what is asked
 */
export function diff(operation: OperationContext, outputs: Properties, inputs: Properties): Plan {
  const definition = resolveService(inputs);
  const { elsewhere, updates, fields, reason, rotatesWithOverlap, rotatesInPlace, previousRevocation } =
    planSteps(operation, definition, outputs, inputs);
  const why = [...elsewhere, ...fields, ...(reason === undefined ? [] : [reason])];
  const replaces = rotatesWithOverlap || rotatesInPlace ? [] : why;
  const acts = why.length > 0 || updates.length > 0;
  const held = [outputs.adopt, outputs.keyId];
  if (replaces.length > 0) noteSuccession(operation, definition, outputs, inputs);
  if (replaces.length > 0 && typeof inputs.adopt === "string" && held.includes(inputs.adopt)) {
    operation.adoptions.succeeded.add(inputs.adopt);
  }
  // A key that is succeeded through a connection that has moved could not be revoked where it is.
  if (acts && inputs.connection === outputs.connection) resolveRecordedKey(operation, outputs);
  const bookkeeping = changedBookkeeping(outputs, inputs);
  const agreement = !isDeepStrictEqual(divergentInputs(definition, inputs, outputs), outputs.asked);
  const unsettled = outputs.unsettledSince !== undefined;
  return {
    changes: acts || previousRevocation !== undefined || bookkeeping || agreement || unsettled,
    visible: engineSeesDifference(operation, inputs),
    replaces,
    deleteBeforeReplace: definition.kind === "singleton" || keepsUniqueName(definition, outputs, inputs),
  };
}

/** A vendor that refuses a second key of a name cannot have the new one beside the old. */
function keepsUniqueName(definition: ServiceDefinition, outputs: Properties, inputs: Properties): boolean {
  return definition.uniqueNames === true && inputs.autonamed !== true && inputs.name === outputs.name;
}
