import { omit } from "../json/members";
import { type OperationContext, type Properties, readInputs } from "../lifecycle";
import * as recover from "../lifecycle/recover";

/**
 * Looks for the key of a create that was interrupted, by its exact name.
 *
 * @param inputs of the engine's pending operation, or what was noted of the create
 * @param tracked ids of the keys that the stack's state knows
 */
export function interruptedCreate(
  operation: OperationContext,
  inputs: Properties,
  tracked: ReadonlySet<string>,
): Promise<recover.InterruptedCreate> {
  const origin = typeof inputs.origin === "string" ? inputs.origin : undefined;
  const asked = readInputs(omit(inputs, "origin"));
  return recover.interruptedCreate(operation, { inputs: asked, origin }, tracked);
}
