import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * Access tokens of a system account of Kong Konnect.
 *
 * - Every token has an expiry.
 * - Names are unique within the system account.
 * - The value begins with spat_.
 *
 * @see https://github.com/Kong/developer.konghq.com api-specs/konnect/identity/v3/openapi.yaml at bc1cd74260f0 (MIT)
 */
export const kong = {
  name: "kong",
  title: "Kong Konnect",
  docs: "https://developer.konghq.com/api/konnect/identity/",
  baseUrl: "https://global.api.konghq.com/v3",
  path: "/system-accounts/{accountId}/access-tokens",
  pathParameters: {
    /** Id of the system account. */
    accountId: {},
  },
  fields: {
    /** Name of the token. */
    name: { input: "optional" },
    /** When the token stops working. */
    expiresAt: { wire: "expires_at", input: "required" },
    /** When the token was created. */
    createdAt: "created_at",
    /** When the token was last changed. */
    updatedAt: { wire: "updated_at", type: "instant", volatile: true },
    /** When the token was last used. */
    lastUsedAt: "last_used_at",
    value: "token",
  },
  operations: {
    list: {
      envelope: "/data",
      pagination: { style: "page", parameter: "page[number]", totalItems: "/meta/page/total" },
    },
    get: {},
    update: { fields: ["name"] },
  },
  errors: [{ message: "/detail", notAboutKeys: ["Not Found", "Not found"] }],
  uniqueNames: "suffix",
} as const satisfies ServiceDefinitionInput;
