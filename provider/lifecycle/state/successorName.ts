import type { OperationContext } from "../context";
import type { KeyInputs, KeyState } from "./key";
import { requestedValue } from "./requestedValue";

/** Notes a replacement for `create` in the same process, because the engine does not pass the old key to it. */
export function noteSuccession(operation: OperationContext, { fields }: KeyState, inputs: KeyInputs): void {
  const { uniqueNames } = inputs.service.definition;
  if (uniqueNames !== "suffix" || inputs.autonamed === true || typeof fields.name !== "string") return;
  operation.memory.noteReplacedName(inputs, fields.name);
}

/**
 * The inputs of a key whose predecessor still bears its name, at a vendor that refuses a second one of it: with a number
 * behind the name.
 */
export function replacementInputs(operation: OperationContext, inputs: KeyInputs): KeyInputs {
  return besideInputs(inputs, operation.memory.replacedName(inputs));
}

/**
 * The same for a key that is made beside the current one.
 *
 * @param current the current key's name
 */
export function besideInputs(inputs: KeyInputs, current: unknown): KeyInputs {
  const { uniqueNames, fields } = inputs.service.definition;
  const { name: asked } = inputs.fields;
  if (uniqueNames !== "suffix" || typeof asked !== "string" || typeof current !== "string") return inputs;
  const name = successorName(asked, current, fields.name?.maxLength);
  return { ...inputs, fields: { ...inputs.fields, name } };
}

/** The state of a key that was made under another name than the program says: that is no change to be undone. */
export function withAskedName(state: KeyState, { fields: { name } }: KeyInputs): KeyState {
  if (name === undefined || name === requestedValue(state, "name")) return state;
  return { ...state, asked: { ...state.asked, name } };
}

/** Whether a name is another one with a number behind it. */
export function isNumberOf(asked: string, name: string, maxLength = Number.POSITIVE_INFINITY): boolean {
  const number = /-(\d{1,9})$/.exec(name)?.[1];
  return number !== undefined && suffixed(asked, Number(number), maxLength) === name;
}

/**
 * @param asked as the program, or `check`, says it
 * @param current the live key's own
 * @param maxLength in characters
 */
function successorName(asked: string, current: string, maxLength = Number.POSITIVE_INFINITY): string {
  if (current === asked) return suffixed(asked, 2, maxLength);
  if (!isNumberOf(asked, current, maxLength)) return asked;
  return suffixed(asked, Number(/\d+$/.exec(current)?.[0]) + 1, maxLength);
}

function suffixed(name: string, number: number, maxLength: number): string {
  const suffix = `-${number}`;
  return `${name.slice(0, maxLength - suffix.length)}${suffix}`;
}
