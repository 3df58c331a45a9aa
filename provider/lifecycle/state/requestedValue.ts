import { isDeepStrictEqual } from "node:util";
import type { ServiceDefinition } from "../../definition/definition";
import { inputFields } from "../../definition/inputFields";
import { sameField } from "../../definition/sameField";
import type { KeyFields, KeyInputs, KeyState } from "./key";

/**
 * Inputs that the vendor did not take as they were asked, under the asked value; `null` where nothing was asked and the
 * vendor chose. Comparing with these, and not with the vendor's choice, asks for no replacement.
 *
 * @param fields the key's, as the vendor has them
 */
export function divergentInputs(
  definition: ServiceDefinition,
  asked: Pick<KeyInputs, "fields" | "expiresIn">,
  fields: KeyFields,
): Readonly<Record<string, unknown>> | undefined {
  const differing = inputFields(definition).flatMap((name) => {
    const field = definition.fields[name];
    if (!field || (name === "expiresAt" && asked.expiresIn !== undefined)) return [];
    const value = asked.fields[name];
    return sameField(field, value, fields[name]) ? [] : [[name, value ?? null] as const];
  });
  return differing.length > 0 ? Object.fromEntries(differing) : undefined;
}

/** Names of the inputs that are another now. */
export function changedInputs(definition: ServiceDefinition, before: KeyFields, now: KeyFields): string[] {
  return inputFields(definition).filter((name) => {
    const field = definition.fields[name];
    return field !== undefined && !sameField(field, before[name], now[name]);
  });
}

/** What the program asked of a field when the key was made, as far as the vendor still holds to its answer. */
export function requestedValue({ asked, fields }: Pick<KeyState, "asked" | "fields">, name: string): unknown {
  return asked !== undefined && Object.hasOwn(asked, name) ? asked[name] : fields[name];
}

/**
 * What a vendor made of some fields that were asked for, as the end of a sentence; undefined where it took them all.
 *
 * @param fields the key's after the request
 * @param before the key's before the request. Default: there was no key
 */
export function refusals(
  names: readonly string[],
  asked: KeyFields,
  fields: KeyFields,
  before: KeyFields = {},
): string | undefined {
  const isIgnored = (name: string) =>
    asked[name] === undefined || fields[name] === undefined || isDeepStrictEqual(fields[name], before[name]);
  const [ignored, changed] = [names.filter(isIgnored), names.filter((name) => !isIgnored(name))];
  const said = [
    ...(ignored.length > 0 ? [`ignored ${ignored.join(", ")}`] : []),
    ...(changed.length > 0 ? [`changed ${changed.join(", ")} from what the program asks`] : []),
  ];
  return said.length > 0 ? said.join(" and ") : undefined;
}
