import type { OperationContext } from "../context";
import type { Properties } from "../state/properties";

/** By their text, whether inputs that `check` has given back differ from those in state. */
const differences = new WeakMap<OperationContext, Map<string, boolean>>();

/**
 * Notes how inputs compare with those in state. The engine compares them too where `diff` leaves it to, but `diff` is
 * not given the old ones, and after a partial failure they lag behind the outputs that it is given.
 *
 * @param olds inputs in state
 * @param inputs as `check` gives them back
 */
export function noteComparison(operation: OperationContext, olds: Properties, inputs: Properties): void {
  const ofWorld = differences.get(operation) ?? new Map<string, boolean>();
  differences.set(operation, ofWorld);
  const given = textOf(inputs);
  // Of two resources with the same inputs, one may have had them before.
  ofWorld.set(given, given !== textOf(olds) && ofWorld.get(given) !== false);
}

/**
 * Whether the engine, which compares inputs with those in state, sees a difference for certain. Within refresh, where
 * no `check` comes before, there is nothing to be done that it could miss.
 */
export function engineSeesDifference(operation: OperationContext, inputs: Properties): boolean {
  const ofWorld = differences.get(operation);
  return ofWorld === undefined || ofWorld.get(textOf(inputs)) === true;
}

/** The same for the same content: on its way through the engine an object's names change their order. */
function textOf(inputs: Properties): string {
  return JSON.stringify(inputs, (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
