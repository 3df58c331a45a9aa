import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * Endpoint access keys of an agent of the Gradient AI platform.
 *
 * - These keys call one agent. Personal access tokens (dop_v1_…), which manage the account, cannot be made by request.
 * - A key has no expiry, and all keys of an agent may do the same.
 *
 * @see https://github.com/digitalocean/openapi specification/DigitalOcean-public.v2.yaml at 7c1300c479fe (Apache-2.0)
 */
export const digitalocean = {
  name: "digitalocean",
  title: "DigitalOcean",
  docs: "https://docs.digitalocean.com/reference/api/digitalocean/#operation/genai_create_agent_api_key",
  baseUrl: "https://api.digitalocean.com",
  path: "/v2/gen-ai/agents/{agentUuid}/api_keys",
  pathParameters: {
    /** Id of the agent, a uuid. */
    agentUuid: {},
  },
  envelope: "/api_key_info",
  fields: {
    id: "uuid",
    /** Name of the key. */
    name: { input: "optional" },
    /** Number of the user who made the key. */
    createdBy: "created_by",
    /** When the key was created. */
    createdAt: "created_at",
    /** False once the key was deleted. */
    active: { when: { at: "/deleted_at", passed: false } },
    value: "secret_key",
  },
  operations: {
    list: {
      envelope: "/api_key_infos",
      pagination: { style: "page", parameter: "page", totalItems: "/meta/total", totalPages: "/meta/pages" },
    },
    update: { method: "PUT", fields: ["name"] },
    rotate: { method: "PUT", path: "/v2/gen-ai/agents/{agentUuid}/api_keys/{keyId}/regenerate" },
  },
  errors: [{ message: "/message", code: "/id", notAboutKeys: ["Not Found"] }],
  statusHints: { 403: "The token needs the scopes genai:create, genai:read, genai:update and genai:delete." },
} as const satisfies ServiceDefinitionInput;
