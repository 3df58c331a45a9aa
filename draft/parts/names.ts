import { reservedNames } from "../../provider/definition/rules/fields";
import { wordsOf } from "../find/words";

/** Names of fields that mean something, so that nothing else may have them. */
export const meaningfulNames: ReadonlySet<string> = new Set([
  "id",
  "name",
  "value",
  "prefix",
  "createdAt",
  "expiresAt",
  "lastUsedAt",
  "active",
  "keyId",
]);

/** A name as programs have it: `expires_in_seconds` is expiresInSeconds. Undefined where nothing of it is left. */
export function camelCase(name: string): string | undefined {
  const [first = "", ...others] = wordsOf(name.slice(0, 200));
  const joined = first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const plain = joined.replace(/^[^a-z]+/i, "");
  return plain === "" ? undefined : plain.charAt(0).toLowerCase() + plain.slice(1);
}

/** A name that a field or a path parameter may have, where the resource itself may have taken it. */
export function freeName(name: string, taken: ReadonlySet<string> = new Set()): string {
  const isTaken = reservedNames.has(name) || name in {} || taken.has(name);
  return isTaken ? `key${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}
