import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of a project.
 *
 * - Scopes are required and cannot be changed; nothing of a key can.
 * - The list tells no expiry.
 * - Deepgram calls a key's name its comment.
 *
 * @see https://github.com/deepgram/deepgram-api-specs openapi.yml at 4ba987cf0522 (CC-BY-4.0)
 */
export const deepgram = {
  name: "deepgram",
  title: "Deepgram",
  docs: "https://developers.deepgram.com/reference/manage/keys/create",
  baseUrl: "https://api.deepgram.com",
  path: "/v1/projects/{projectId}/keys",
  auth: { scheme: "headers", headers: { Authorization: "Token {apiKey}" } },
  pathParameters: {
    /** Id of the project, a uuid. */
    projectId: {},
  },
  fields: {
    id: { wire: { created: "api_key_id", read: "api_key_id", listed: "/api_key/api_key_id" } },
    /** What people call the key. */
    name: {
      wire: { create: "comment", created: "comment", read: "comment", listed: "/api_key/comment" },
      input: "optional",
      evidence: "assumed",
    },
    /** What the key may do, such as usage:write. */
    scopes: {
      type: "strings",
      input: "required",
      set: true,
      wire: { create: "scopes", created: "scopes", read: "scopes", listed: "/api_key/scopes" },
      evidence: "assumed",
    },
    /** When the key stops working. Default: never. */
    expiresAt: {
      wire: { create: "expiration_date", created: "expiration_date", read: "expiration_date" },
      input: "optional",
      evidence: "assumed",
    },
    /** When the key was created. */
    createdAt: { wire: { read: "created", listed: "/api_key/created" } },
    value: "key",
  },
  operations: {
    // The answer tells no creation, and the list no expiry.
    create: { verify: true, evidence: "assumed" },
    list: { envelope: "/api_keys" },
    get: { envelope: "/item/member/api_key" },
  },
  errors: [
    { message: "/message", notAboutKeys: ["Not Found"] },
    { message: "/err_msg", code: "/err_code", notAboutKeys: ["Not Found"] },
  ],
} as const satisfies ServiceDefinitionInput;
