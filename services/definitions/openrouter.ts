import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of the default workspace, each with a limit of its own.
 *
 * - Keys are managed with a management key, which calls no model.
 * - An expiry cannot be changed.
 * - The list shows no disabled keys unless it is asked, as it is here.
 *
 * @see https://github.com/OpenRouterTeam/typescript-sdk .speakeasy/in.openapi.yaml at cb9393a89601 (Apache-2.0)
 */
export const openrouter = {
  name: "openrouter",
  title: "OpenRouter",
  docs: "https://openrouter.ai/docs/features/provisioning-api-keys",
  baseUrl: "https://openrouter.ai/api/v1",
  path: "/keys",
  envelope: "/data",
  fields: {
    id: "hash",
    /** Name of the key. */
    name: { input: "optional" },
    /** Most that may be spent with the key, in US dollars. Default: no limit. */
    limit: { type: "number", input: "optional" },
    /** When what was spent counts from zero again, at midnight UTC. Default: never. */
    limitReset: { wire: "limit_reset", input: "optional", values: ["daily", "weekly", "monthly"] },
    /** Whether the limit counts what is used with your own keys of other vendors. Default: false. */
    includeByokInLimit: { wire: "include_byok_in_limit", type: "boolean", input: "optional" },
    /** When the key stops working. Default: never. */
    expiresAt: { wire: "expires_at", input: "optional" },
    /** The value with its middle left out, by which people tell the key. */
    label: "label",
    /** What was spent with the key, in US dollars. */
    usage: { type: "number", volatile: true },
    /** False while the key is disabled. */
    active: { when: { at: "/disabled", equals: false } },
    /** When the key was created. */
    createdAt: "created_at",
    value: { wire: { created: { body: "/key" } } },
  },
  operations: {
    list: {
      query: { include_disabled: "true" },
      pagination: { style: "offset", parameter: "offset" },
    },
    get: {},
    update: { fields: ["name", "limit", "limitReset", "includeByokInLimit"] },
  },
  errors: [{ message: "/error/message", code: "/error/code", notAboutKeys: ["Not Found"] }],
  statusHints: { 403: "Keys are managed with a management key alone." },
} as const satisfies ServiceDefinitionInput;
