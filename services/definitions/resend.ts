import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of a team.
 *
 * - What a key may do is told by no later answer, so a change of it in Resend's own console is not seen.
 * - A key with full access manages keys; one that may only send does not.
 *
 * @see https://github.com/resend/resend-openapi resend.json at fd6f395f2114 (MIT)
 */
export const resend = {
  name: "resend",
  title: "Resend",
  docs: "https://resend.com/docs/api-reference/api-keys/create-api-key",
  baseUrl: "https://api.resend.com",
  path: "/api-keys",
  fields: {
    /** Name of the key. */
    name: { input: "optional" },
    /** What the key may do. Default: full_access. */
    permission: { input: "optional", values: ["full_access", "sending_access"], writeOnly: true },
    /** The only domain that the key may send from; for sending_access alone. Default: every domain. */
    domainId: { wire: "domain_id", input: "optional", writeOnly: true },
    /** When the key was created. */
    createdAt: "created_at",
    /** When the key was last used. */
    lastUsedAt: "last_used_at",
    value: "token",
  },
  operations: {
    // The answer has the id and the value alone.
    create: { verify: true },
    list: {
      query: { limit: "100" },
      envelope: "/data",
      // The cursor is the id of the last key, and a page that others follow is full.
      pagination: { style: "cursor", parameter: "after", next: "/data/99/id", hasMore: "/has_more" },
    },
    update: { fields: ["name"], verify: true },
  },
  statusHints: { 401: "The key may only send; keys are managed with one of full access." },
} as const satisfies ServiceDefinitionInput;
