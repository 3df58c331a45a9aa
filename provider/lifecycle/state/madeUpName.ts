import type { KeyInputs, RecordedKey } from "./key";
import { requestedValue } from "./requestedValue";
import { isNumberOf } from "./successorName";

/** What of inputs, a state or a recorded key tells how its name came about. */
export type Named = Pick<RecordedKey, "service" | "fields" | "asked"> & Pick<KeyInputs, "autonamed">;

/** The random end of each name that we make up: a name without it came from somebody else. */
const suffix = /-[0-9a-f]{7}$/;

/** Whether a name can be one that we made up. A state of an earlier version may call one so that the vendor told. */
export function looksMadeUp(name: string): boolean {
  return suffix.test(name);
}

/**
 * The name that we made up for a key, which is nobody else's; undefined where there is none. What the vendor tells is no
 * such name: it may rename or cut it, a colleague may change it, and an adopted key never had it.
 */
export function madeUpName(key: Named): string | undefined {
  const name = key.autonamed === true ? requestedValue(key, "name") : undefined;
  if (typeof name !== "string") return undefined;
  // A number behind it may have taken the place of a part of the random end.
  const isNumbered = key.service.definition.uniqueNames === "suffix" && /-\d{1,9}$/.test(name);
  return looksMadeUp(name) || isNumbered ? name : undefined;
}

/** Whether a name is the one that we made up for a key, in whatever case, or that one with a number behind it. */
export function isMadeUp(key: Named, name: unknown): boolean {
  const madeUp = madeUpName(key)?.toLowerCase();
  if (madeUp === undefined || typeof name !== "string") return false;
  const { uniqueNames, fields } = key.service.definition;
  const told = name.toLowerCase();
  return told === madeUp || (uniqueNames === "suffix" && isNumberOf(madeUp, told, fields.name?.maxLength));
}
