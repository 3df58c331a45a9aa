import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * Personal access tokens of the user whose token the connection has.
 *
 * - Scopes are chosen once, and none may exceed those of the connection's token.
 * - Later answers show the first 16 characters of the value.
 *
 * @see https://github.com/linode/linode-api-docs openapi.yaml at 40e7c7d22441 (Apache-2.0)
 */
export const linode = {
  name: "linode",
  title: "Linode",
  docs: "https://techdocs.akamai.com/linode-api/reference/post-personal-access-token",
  baseUrl: "https://api.linode.com",
  path: "/v4/profile/tokens",
  fields: {
    id: { type: "integer" },
    /** Name of the token, of 1 to 100 characters. */
    name: { wire: "label", input: "optional", maxLength: 100 },
    /** What the token may do, such as linodes:read_only. Default: what the connection's token may. */
    scopes: { type: "strings", input: "optional", set: true, as: "joined", separator: " " },
    /** When the token stops working. Default: never. */
    expiresAt: { wire: "expiry", as: "utc", input: "optional" },
    /** The value's first characters. */
    prefix: { wire: { created: { field: "value", part: "^.{16}" }, read: "token", listed: "token" } },
    /** When the token was created. */
    createdAt: { wire: "created", as: "utc" },
    value: "token",
  },
  operations: {
    list: {
      envelope: "/data",
      pagination: { style: "page", parameter: "page", totalItems: "/results", totalPages: "/pages" },
    },
    get: {},
    update: { method: "PUT", fields: ["name"] },
  },
  errors: [{ message: "/errors/0/reason", notAboutKeys: ["Not Found", "Not found"] }],
} as const satisfies ServiceDefinitionInput;
