import type { ServiceDefinition } from "../../definition/definition";
import type { OperationContext } from "../context";
import { requestedValue } from "./outputs";
import { type Properties, text } from "./properties";

/** Names of keys that are being replaced under the same name, by what the successor is known by. */
const succeeded = new WeakMap<OperationContext, Map<string, string>>();

/** Notes a replacement: `create`, in the same process, is not told of the key in whose place it makes another. */
export function noteSuccession(
  operation: OperationContext,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): void {
  const name = text(outputs, "name");
  if (definition.uniqueNames !== "suffix" || inputs.autonamed === true || name === undefined) return;
  const ofWorld = succeeded.get(operation) ?? new Map<string, string>();
  succeeded.set(operation, ofWorld);
  ofWorld.set(placeOf(definition, inputs), name);
}

/**
 * The inputs of a key whose predecessor still bears its name, at a vendor that refuses a second one of it: with a number
 * behind the name.
 */
export function replacementInputs(
  operation: OperationContext,
  definition: ServiceDefinition,
  inputs: Properties,
): Properties {
  const current = succeeded.get(operation)?.get(placeOf(definition, inputs));
  return current === undefined ? inputs : besideInputs(definition, inputs, { name: current });
}

/** The same for a key that is made beside the current one. */
export function besideInputs(
  definition: ServiceDefinition,
  inputs: Properties,
  outputs: Properties,
): Properties {
  const [asked, current] = [text(inputs, "name"), text(outputs, "name")];
  if (definition.uniqueNames !== "suffix" || asked === undefined || current === undefined) return inputs;
  return { ...inputs, name: successorName(asked, current, definition.fields.name?.maxLength) };
}

/** The outputs of a key that was made under another name than the program says: that is no change to be undone. */
export function withAskedName(outputs: Properties, inputs: Properties): Properties {
  const told = requestedValue(outputs, "name");
  if (inputs.name === undefined || inputs.name === told) return outputs;
  return { ...outputs, asked: { ...(outputs.asked as Properties | undefined), name: inputs.name } };
}

/**
 * @param asked as the program, or `check`, says it
 * @param current the live key's own
 * @param maxLength in characters
 */
function successorName(asked: string, current: string, maxLength = Number.POSITIVE_INFINITY): string {
  const number = /-(\d{1,9})$/.exec(current)?.[1];
  const isNumbered = number !== undefined && suffixed(asked, Number(number), maxLength) === current;
  if (current !== asked && !isNumbered) return asked;
  return suffixed(asked, current === asked ? 2 : Number(number) + 1, maxLength);
}

function suffixed(name: string, number: number, maxLength: number): string {
  const suffix = `-${number}`;
  return `${name.slice(0, maxLength - suffix.length)}${suffix}`;
}

function placeOf(definition: ServiceDefinition, inputs: Properties): string {
  const names = ["connection", "name", ...Object.keys(definition.pathParameters)];
  return JSON.stringify([definition.name, ...names.map((name) => inputs[name] ?? null)]);
}
