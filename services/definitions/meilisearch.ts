import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of a server.
 *
 * - Keys are managed with the master key, of which and the key's id the value is made: every look shows the value.
 * - Only the name and the description can be changed.
 *
 * @see https://www.meilisearch.com/docs/reference/api/keys
 * @see https://www.meilisearch.com/docs/reference/errors/error_codes
 */
export const meilisearch = {
  name: "meilisearch",
  title: "Meilisearch",
  docs: "https://www.meilisearch.com/docs/reference/api/keys",
  path: "/keys",
  fields: {
    id: "uid",
    /** Name of the key. */
    name: { input: "optional" },
    /** What the key is for. */
    description: { input: "optional" },
    /** What the key may do, such as search. */
    actions: { type: "strings", input: "required", set: true },
    /** Names of the indexes that it may be used with, or patterns. */
    indexes: { type: "strings", input: "required", set: true },
    /** When the key stops working. Default: never. */
    expiresAt: { input: "optional", never: null },
    /** When the key was created. */
    createdAt: "createdAt",
    value: "key",
  },
  notFound: { status: 404, at: "/code", equals: "api_key_not_found" },
  operations: {
    list: {
      envelope: "/results",
      pagination: {
        style: "offset",
        parameter: "offset",
        sizeParameter: "limit",
        size: 100,
        totalItems: "/total",
      },
    },
    get: {},
    update: { fields: ["name", "description"] },
  },
  errors: [{ message: "/message", code: "/code" }],
  statusHints: { "403": "Keys are managed with the master key alone." },
} as const satisfies ServiceDefinitionInput;
