import { defineService } from "pulumi-apikeys";

/** API keys of a Datadog organisation. */
export const datadog = defineService({
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
    name: { wire: "/attributes/name", input: "optional" },
    category: { wire: "/attributes/category", input: "optional" },
    remoteConfigReadEnabled: {
      wire: "/attributes/remote_config_read_enabled",
      type: "boolean",
      input: "optional",
    },
    lastFour: "/attributes/last4",
    createdAt: "/attributes/created_at",
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
});
