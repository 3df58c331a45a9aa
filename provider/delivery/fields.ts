import { canonicalText } from "../json/canonical";
import { isObject, pick } from "../json/members";
import { type Target, wholeField } from "./store";

/** Members of a target that say what is written, or how, and not where. */
const contentMembers: ReadonlySet<string> = new Set([
  "field",
  "fields",
  "previous",
  "leaveBehind",
  "definition",
  "kmsKeyId",
]);

/** Name of the part of a key that is its one-time secret. */
export const valuePart = "value";
/** Name of the part that is the value of the key before, while that is valid. */
export const previousValuePart = "previousValue";

/** What each field of a target holds: the name of a part of the key, such as `value` or `keyId`. */
export function fieldParts(target: Target): ReadonlyMap<string, string> {
  const { field, fields, previous } = target;
  const parts = new Map<string, string>();
  if (isObject(fields)) {
    for (const [name, part] of Object.entries(fields)) if (typeof part === "string") parts.set(name, part);
  } else parts.set(typeof field === "string" ? field : wholeField, valuePart);
  if (typeof previous === "string") parts.set(previous, previousValuePart);
  return parts;
}

/** Tells one place from all others. */
export function placeOf(target: Target): string {
  return canonicalText(pick(target, (name) => !contentMembers.has(name)));
}
