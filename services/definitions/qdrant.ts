import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * Database API keys of a cluster in Qdrant Cloud.
 *
 * - Keys are managed with a management key of the account.
 * - A key cannot be changed. Access rules are objects, and are compared as they are.
 *
 * @see https://github.com/qdrant/qdrant-cloud-public-api gen/openapiv2/qdrant/cloud/cluster/auth/v2/database_api_key.swagger.json at ff1c923e8501 (Apache-2.0)
 * @see https://github.com/qdrant/qdrant-cloud-public-api README.md at ff1c923e8501 (Apache-2.0)
 */
export const qdrant = {
  name: "qdrant",
  title: "Qdrant Cloud",
  docs: "https://qdrant.tech/documentation/cloud-api/",
  baseUrl: "https://api.cloud.qdrant.io",
  path: "/api/cluster/auth/v2/accounts/{accountId}/database-api-keys",
  // The document names no way to authenticate; the README of its repository does.
  auth: { scheme: "headers", headers: { Authorization: "apikey {apiKey}" } },
  pathParameters: {
    /** Id of the account, a uuid. */
    accountId: {},
    /** Id of the cluster, a uuid. */
    clusterId: {},
  },
  bodyEnvelope: "/databaseApiKey",
  envelope: "/databaseApiKey",
  fields: {
    /** Name of the key. */
    name: { input: "optional" },
    /** What the key may do. Default: it manages the whole cluster. */
    accessRules: { type: "json", input: "optional" },
    /** When the key stops working. Default: never. */
    expiresAt: { input: "optional" },
    /** The value's last characters, by which people tell the key. */
    postfix: "postfix",
    /** Who made the key. */
    createdByEmail: "createdByEmail",
    /** When the key was created. */
    createdAt: "createdAt",
    value: "key",
  },
  operations: {
    create: { body: { databaseApiKey: { clusterId: "{clusterId}" } } },
    list: { query: { clusterId: "{clusterId}" }, envelope: "/items" },
    revoke: { query: { clusterId: "{clusterId}" } },
  },
  errors: [{ message: "/message", notAboutKeys: ["Not Found"] }],
} as const satisfies ServiceDefinitionInput;
