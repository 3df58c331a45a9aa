import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * Admin API keys of an organization.
 *
 * - An admin key manages the organization and calls no model. Keys that call models belong to a project, whose API keys can be
 *   listed and deleted, and not created, by request.
 * - A lifetime is at most 365 days.
 * - A key cannot be changed: another name is another key.
 *
 * @see https://github.com/openai/openai-openapi openapi.json at f85dbe223d40 (MIT)
 */
export const openai = {
  name: "openai",
  title: "OpenAI",
  docs: "https://platform.openai.com/docs/api-reference/admin-api-keys",
  baseUrl: "https://api.openai.com/v1",
  path: "/organization/admin_api_keys",
  fields: {
    /** Name of the key. */
    name: { input: "optional" },
    /** When the key stops working. Default: never. */
    expiresAt: {
      wire: { create: "expires_in_seconds", read: "expires_at" },
      as: { request: "lifetime-seconds", response: "epoch-seconds" },
      input: "optional",
    },
    /** The value with its middle left out, by which people tell the key. */
    redactedValue: "redacted_value",
    /** Id of the user or service account that made the key. */
    ownerId: "/owner/id",
    /** When the key was created. */
    createdAt: { as: "epoch-seconds", wire: "created_at" },
    /** When the key was last used. */
    lastUsedAt: { as: "epoch-seconds", wire: "last_used_at" },
    value: "value",
  },
  operations: {
    list: {
      envelope: "/data",
      pagination: { style: "cursor", parameter: "after", next: "/last_id", hasMore: "/has_more" },
    },
    get: {},
  },
  statusHints: { 401: "Admin API keys are managed with an admin API key (sk-admin-…) alone." },
} as const satisfies ServiceDefinitionInput;
