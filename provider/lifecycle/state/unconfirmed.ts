import type { ServiceDefinition } from "../../definition/definition";
import { inputFields } from "../../definition/inputFields";
import type { KeyFields, KeyState } from "./key";
import { requestedValue } from "./requestedValue";

/** In the place of names: all inputs, of a key that nobody has looked at since it was made. */
const all = "*";

/**
 * What is unconfirmed of a key that was just made: all that a look can tell, also what the response has told, for many
 * vendors repeat there what they were asked. What somebody changes before the first look passes for the vendor's
 * rendering, because nothing tells the one from the other; a warning then names both values.
 */
export function unconfirmedOfNew(definition: ServiceDefinition): KeyState["unconfirmed"] {
  return legibleInputs(definition).length > 0 ? [all] : undefined;
}

/** What is unconfirmed after a request that changed these fields, or whose response told others of them. */
export function unconfirmedAfter(
  definition: ServiceDefinition,
  { unconfirmed = [] }: Pick<KeyState, "unconfirmed">,
  names: readonly string[],
): KeyState["unconfirmed"] {
  const legible = new Set(legibleInputs(definition));
  const open = new Set([...unconfirmed, ...names.filter((name) => legible.has(name))]);
  if (open.size === 0) return undefined;
  return open.has(all) ? [all] : [...open];
}

/** Names of the inputs that the next look confirms. */
export function unconfirmedInputs(
  definition: ServiceDefinition,
  { unconfirmed = [] }: Pick<KeyState, "unconfirmed">,
): readonly string[] {
  return unconfirmed.includes(all) ? legibleInputs(definition) : unconfirmed;
}

/**
 * What a look has left unconfirmed: inputs that were asked for and that it did not tell. Of one that nobody asked for,
 * its silence says that there is none.
 */
export function unconfirmedStill(
  definition: ServiceDefinition,
  state: KeyState,
  told: KeyFields,
): KeyState["unconfirmed"] {
  const left = unconfirmedInputs(definition, state).filter(
    (name) => told[name] === undefined && (requestedValue(state, name) ?? undefined) !== undefined,
  );
  return left.length > 0 ? left : undefined;
}

/** Inputs that the vendor may tell: it masks secrets, and never shows what is only written. */
function legibleInputs(definition: ServiceDefinition): string[] {
  return inputFields(definition).filter((name) => {
    const field = definition.fields[name];
    return field !== undefined && !field.secret && !field.writeOnly && !field.volatile;
  });
}
