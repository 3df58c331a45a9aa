import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of a server.
 *
 * - Typesense calls a key's name its description.
 * - A key cannot be changed.
 * - Later answers show the first four characters of the value.
 *
 * @see https://typesense.org/docs/latest/api/api-keys.html
 */
export const typesense = {
  name: "typesense",
  title: "Typesense",
  docs: "https://typesense.org/docs/latest/api/api-keys.html",
  path: "/keys",
  auth: { scheme: "headers", headers: { "X-TYPESENSE-API-KEY": "{apiKey}" } },
  fields: {
    id: { type: "integer" },
    /** What people call the key. */
    name: { wire: "description", input: "optional" },
    /** What the key may do, such as documents:search. */
    actions: { type: "strings", input: "required", set: true },
    /** Names of the collections that it may be used with, or patterns. */
    collections: { type: "strings", input: "required", set: true },
    /** When the key stops working. Default: never, which the server tells as a moment in the year 4020. */
    expiresAt: { wire: "expires_at", as: "epoch-seconds", never: 64_723_363_199, input: "optional" },
    /** The value's first four characters. */
    prefix: {
      wire: { created: { field: "value", part: "^.{4}" }, read: "value_prefix", listed: "value_prefix" },
    },
    value: "value",
  },
  operations: { list: { envelope: "/keys" }, get: {} },
  errors: [{ message: "/message", notAboutKeys: ["Not Found"], evidence: "assumed" }],
  statusHints: { 401: "Keys are managed with a key that may do keys:*, such as the server's bootstrap key." },
} as const satisfies ServiceDefinitionInput;
