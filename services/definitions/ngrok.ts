import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of an account.
 *
 * - A key may do what its owner may; it has neither scopes nor an expiry.
 * - ngrok calls a key's name its description.
 *
 * @see https://github.com/ngrok/ngrok-openapi ngrok.yaml at 0719fb23291a (MIT)
 */
export const ngrok = {
  name: "ngrok",
  title: "ngrok",
  docs: "https://ngrok.com/docs/api/resources/api-keys/",
  baseUrl: "https://api.ngrok.com",
  path: "/api_keys",
  headers: { "Ngrok-Version": "2" },
  fields: {
    /** What people call the key. */
    name: { wire: "description", input: "optional", maxLength: 255 },
    /** Data of your own, of at most 4096 bytes. */
    metadata: { input: "optional", maxLength: 4096 },
    /** Id of the user or bot user that the key acts for. Default: whose key the connection has. */
    ownerId: { wire: "owner_id", input: "optional" },
    /** When the key was created. */
    createdAt: "created_at",
    value: "token",
  },
  operations: {
    list: {
      query: { limit: "100" },
      envelope: "/keys",
      pagination: { style: "link", next: "/next_page_uri" },
    },
    get: {},
    update: { fields: ["name", "metadata"] },
  },
} as const satisfies ServiceDefinitionInput;
