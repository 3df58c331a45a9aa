import { ApiKeysError } from "../base/errors";

/**
 * A JSON object as a form: what is nested as `a[b]=c`, a list as a repeated name; what is null is left out.
 *
 * @throws {ApiKeysError} INVALID_INPUT for a body that is no object
 * @see https://url.spec.whatwg.org/#urlencoded-serializing
 */
export function encodeForm(body: unknown): string {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiKeysError("INVALID_INPUT", "A request's body must be an object to be sent as a form.");
  }
  return new URLSearchParams([...pairs(body)]).toString();
}

function* pairs(value: unknown, name = ""): Iterable<[string, string]> {
  if (value === null || value === undefined) return;
  if (typeof value !== "object") yield [name, String(value)];
  else if (Array.isArray(value)) for (const item of value) yield* pairs(item, name);
  else {
    for (const [key, item] of Object.entries(value))
      yield* pairs(item, name === "" ? key : `${name}[${key}]`);
  }
}
