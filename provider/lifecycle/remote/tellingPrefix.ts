import { masked } from "../state/valueTraces";

/** As many characters are told of many values alike: `sk-ant-api03`, `key_v2`. */
const fewest = 5;

/**
 * Whether a prefix looks as if it were one value's own, and not what all keys of a vendor begin with: behind the last
 * separator there is enough of it that is no word with a version. That it is no other key's only a list can tell.
 */
export function isTellingPrefix(prefix: unknown): prefix is string {
  if (typeof prefix !== "string" || masked.test(prefix)) return false;
  const end = /[a-z0-9]*$/i.exec(prefix)?.[0] ?? "";
  return end.length >= fewest && /\d/.test(end) && !/^[a-z]*\d{1,4}$/i.test(end);
}
