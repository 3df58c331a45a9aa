import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of an organization that your application serves.
 *
 * - Only the expiry of a key can be changed. The same request without an expiry ends the key at once, so it is never sent
 *   without one: an expiry that the program takes away is cleared.
 * - Permissions are slugs that exist in the environment.
 *
 * @see https://github.com/workos/openapi-spec spec/open-api-spec.yaml at 7fd8359944a0 (MIT)
 */
export const workos = {
  name: "workos",
  title: "WorkOS",
  docs: "https://workos.com/docs/reference/authkit/api-keys",
  baseUrl: "https://api.workos.com",
  path: "/organizations/{organizationId}/api_keys",
  pathParameters: {
    /** Id of the organization, org_…. */
    organizationId: {},
  },
  fields: {
    /** Name of the key. */
    name: { input: "optional" },
    /** What the key may do, by slugs. Default: nothing. */
    permissions: { type: "strings", input: "optional", set: true },
    /** When the key stops working. Default: never. */
    expiresAt: { wire: "expires_at", input: "optional" },
    /** The value with its middle left out, by which people tell the key. */
    obfuscatedValue: "obfuscated_value",
    /** When the key was created. */
    createdAt: "created_at",
    /** When the key was last changed. */
    updatedAt: { wire: "updated_at", type: "instant", volatile: true },
    /** When the key was last used. */
    lastUsedAt: "last_used_at",
    value: "value",
  },
  operations: {
    list: {
      query: { limit: "100" },
      envelope: "/data",
      pagination: { style: "cursor", parameter: "after", next: "/list_metadata/after" },
    },
    update: { method: "POST", path: "/api_keys/{keyId}/expire", fields: ["expiresAt"], sends: "changed" },
    revoke: { path: "/api_keys/{keyId}" },
  },
  errors: [{ message: "/message", notAboutKeys: ["Not Found"] }],
} as const satisfies ServiceDefinitionInput;
