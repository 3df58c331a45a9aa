import type { OperationContext } from "../context";
import type { KeyInputs, KeyState } from "./key";
import { requestedValue } from "./requestedValue";

/** Notes the name of a replacement for `create` in the same process, because the engine does not pass the old key to it. */
export function noteSuccession(operation: OperationContext, state: KeyState, inputs: KeyInputs): void {
  const name = besideInputs(inputs, state).fields.name;
  if (inputs.autonamed === true || typeof name !== "string" || name === inputs.fields.name) return;
  operation.memory.noteSuccessorName(inputs, name);
}

/**
 * The inputs of a key whose predecessor still bears its name, at a vendor that refuses a second one of it: with a number
 * behind the name.
 */
export function replacementInputs(operation: OperationContext, inputs: KeyInputs): KeyInputs {
  const name = operation.memory.successorName(inputs);
  return name === undefined ? inputs : { ...inputs, fields: { ...inputs.fields, name } };
}

/**
 * The same for a key that is made beside the current one.
 *
 * @param current the current key
 */
export function besideInputs(inputs: KeyInputs, current: KeyState): KeyInputs {
  const { uniqueNames, fields } = inputs.service.definition;
  const { name: asked } = inputs.fields;
  if (uniqueNames !== "suffix" || typeof asked !== "string") return inputs;
  const name = successorName(asked, current, fields.name?.maxLength);
  return { ...inputs, fields: { ...inputs.fields, name } };
}

/** Whether a key bears the name that is asked for, in whatever way the vendor tells it: a second one of it would be refused. */
export function bearsAskedName(state: KeyState, asked: unknown): boolean {
  return [requestedValue(state, "name"), state.fields.name].some((name) => isSameName(name, asked));
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
 * The asked name, with the number that comes after the current key's where that one bears the name.
 *
 * @param asked as the program, or `check`, says it
 * @param maxLength in characters
 */
function successorName(asked: string, current: KeyState, maxLength = Number.POSITIVE_INFINITY): string {
  const told = typeof current.fields.name === "string" ? current.fields.name : "";
  const number = Number(/[^\p{L}\p{N}](\d{1,9})$/u.exec(told)?.[1] ?? 1);
  if (isSameName(told, asked)) return suffixed(asked, 2, maxLength);
  // A vendor that cuts or rewrites names tells another than was asked for; what it leaves of the number counts.
  const isNumbered = number > 1 && isSameName(told, suffixed(asked, number, maxLength));
  return isNumbered || bearsAskedName(current, asked) ? suffixed(asked, number + 1, maxLength) : asked;
}

/** Vendors tell names in small letters, or with other characters between the words. */
function isSameName(one: unknown, other: unknown): boolean {
  if (typeof one !== "string" || typeof other !== "string") return false;
  const [a, b] = [one, other].map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-"));
  return one === other || a === b;
}

function suffixed(name: string, number: number, maxLength: number): string {
  const suffix = `-${number}`;
  return `${name.slice(0, maxLength - suffix.length)}${suffix}`;
}
