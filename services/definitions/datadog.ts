import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of an organisation.
 *
 * - The connection needs an API key and an application key; a site other than US1 needs its own baseUrl as well.
 * - A key has no expiry.
 *
 * @see https://docs.datadoghq.com/api/latest/key-management/
 */
export const datadog = {
  name: "datadog",
  title: "Datadog",
  docs: "https://docs.datadoghq.com/api/latest/key-management/",
  baseUrl: "https://api.datadoghq.com",
  path: "/api/v2/api_keys",
  auth: {
    scheme: "headers",
    headers: { "DD-API-KEY": "{apiKey}", "DD-APPLICATION-KEY": "{applicationKey}" },
  },
  // JSON:API: what a key is made of stands under attributes, in requests as in answers.
  bodyEnvelope: "/data",
  envelope: "/data",
  fields: {
    /** Name of the key. */
    name: { wire: "/attributes/name", input: "optional" },
    /** What the key is for. Default: none. */
    category: { wire: "/attributes/category", input: "optional" },
    /** Whether agents with the key read remote configuration. Default: true. */
    remoteConfigReadEnabled: {
      wire: "/attributes/remote_config_read_enabled",
      type: "boolean",
      input: "optional",
    },
    /** The end of the key, by which people tell it. */
    lastFour: "/attributes/last4",
    /** When the key was created. */
    createdAt: "/attributes/created_at",
    /** When the key was last used. */
    lastUsedAt: "/attributes/date_last_used",
    value: "/attributes/key",
  },
  operations: {
    create: { body: { data: { type: "api_keys" } } },
    list: {
      pagination: {
        style: "page",
        parameter: "page[number]",
        first: 0,
        sizeParameter: "page[size]",
        size: 100,
        totalItems: "/meta/page/total_filtered_count",
      },
    },
    get: {},
    // A name is wanted in each change.
    update: { sends: "all", body: { data: { type: "api_keys", id: "{keyId}" } } },
  },
  errors: [{ message: "/errors/0", notAboutKeys: ["Not Found", "Not found"], evidence: "assumed" }],
  statusHints: { 403: "The application key's user needs the permissions api_keys_read and api_keys_write." },
} as const satisfies ServiceDefinitionInput;
