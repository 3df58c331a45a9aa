import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of an account.
 *
 * - A key without scopes may do everything.
 * - An account has at most 100 keys.
 * - The list tells no scopes, so a change of them in SendGrid's own console is not seen by a refresh.
 *
 * @see https://github.com/sendgrid/sendgrid-oai oai.json at bef1536aeed2 (MIT)
 */
export const sendgrid = {
  name: "sendgrid",
  title: "SendGrid",
  docs: "https://www.twilio.com/docs/sendgrid/api-reference/api-keys",
  baseUrl: "https://api.sendgrid.com/v3",
  path: "/api_keys",
  fields: {
    id: "api_key_id",
    /** Name of the key. */
    name: { input: "optional" },
    /** What the key may do, such as mail.send. Default: everything. */
    scopes: { type: "strings", input: "optional", set: true },
    value: "api_key",
  },
  operations: {
    list: { envelope: "/result" },
    get: { envelope: "/result/0" },
    // PATCH changes the name alone.
    update: { method: "PUT", fields: ["name", "scopes"] },
  },
  errors: [{ message: "/errors/0/message", notAboutKeys: ["Not Found", "not found"] }],
  statusHints: { 403: "The key needs the scopes api_keys.*, or the account has its 100 keys already." },
} as const satisfies ServiceDefinitionInput;
