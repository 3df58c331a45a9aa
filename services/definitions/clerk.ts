import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of a user, an organization or a machine that your application serves.
 *
 * - A name has at least three characters.
 * - Scopes, the description and the expiry can be changed; the name cannot.
 * - A revoked key stays known to Clerk, so the provider deletes it.
 *
 * @see https://github.com/clerk/openapi-specs bapi/2026-05-12.yml at 7987d1b77625 (MIT)
 */
export const clerk = {
  name: "clerk",
  title: "Clerk",
  docs: "https://clerk.com/docs/reference/backend-api/tag/api-keys",
  baseUrl: "https://api.clerk.com/v1",
  path: "/api_keys",
  headers: { "Clerk-API-Version": "2026-05-12" },
  pathParameters: {
    /** Whose keys they are: user_…, org_… or mch_…. */
    subject: {},
  },
  fields: {
    /** Name of the key, of at least three characters. */
    name: { input: "optional" },
    /** What the key is for. */
    description: { input: "optional", maxLength: 255 },
    /** What the key may do, in your application's own words. Default: nothing. */
    scopes: { type: "strings", input: "optional", set: true },
    /** Claims that your application finds in the key. Default: none. */
    claims: { type: "json", input: "optional" },
    /** When the key stops working. Default: never. */
    expiresAt: {
      wire: { create: "seconds_until_expiration", update: "seconds_until_expiration", read: "expiration" },
      as: { request: "lifetime-seconds", response: "epoch-milliseconds" },
      input: "optional",
    },
    /** False once the key was revoked. */
    active: { when: { at: "/revoked", equals: false } },
    /** When the key was created. */
    createdAt: { wire: "created_at", as: "epoch-milliseconds" },
    /** When the key was last used. */
    lastUsedAt: { wire: "last_used_at", as: "epoch-milliseconds" },
    value: "secret",
  },
  operations: {
    create: { body: { subject: "{subject}" } },
    list: {
      query: { subject: "{subject}" },
      envelope: "/data",
      pagination: {
        style: "offset",
        parameter: "offset",
        sizeParameter: "limit",
        size: 100,
        totalItems: "/total_count",
      },
    },
    get: {},
    update: { fields: ["description", "scopes", "claims", "expiresAt"] },
  },
  errors: [
    { message: "/errors/0/message", code: "/errors/0/code", notAboutKeys: ["Not Found", "not found"] },
  ],
} as const satisfies ServiceDefinitionInput;
