import { engineSignature } from "../provider/base/unknown";
import { isObject } from "../provider/json/members";

/** A part of a state that was exported with its secrets, each of them as what it is: its JSON stands in a text of its own. */
export function decrypted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decrypted);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, engineSignature)) {
    // A secret in a secret is marked in the inner JSON as well.
    return typeof value.plaintext === "string" ? decrypted(JSON.parse(value.plaintext)) : undefined;
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decrypted(item)]));
}
