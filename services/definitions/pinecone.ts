import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * API keys of a project.
 *
 * - Keys are managed with an access token of a service account, which lasts half an hour: give the connection the service
 *   account's clientId and clientSecret rather than a token.
 * - A key without roles gets ProjectEditor. A key has no expiry.
 * - The value begins with pckey_.
 *
 * @see https://github.com/pinecone-io/pinecone-api 2026-04/admin_2026-04.oas.yaml at 068bdf773d32 (Apache-2.0 by the document's word)
 */
export const pinecone = {
  name: "pinecone",
  title: "Pinecone",
  docs: "https://docs.pinecone.io/reference/api/latest/admin/create_api_key",
  baseUrl: "https://api.pinecone.io",
  path: "/admin/projects/{projectId}/api-keys",
  auth: [
    { scheme: "bearer" },
    {
      scheme: "oauth2",
      baseUrl: "https://login.pinecone.io",
      path: "/oauth/token",
      encoding: "json",
      clientAuthentication: "body",
      parameters: { audience: "https://api.pinecone.io/" },
      evidence: "assumed",
    },
  ],
  headers: { "X-Pinecone-Api-Version": "2026-04" },
  pathParameters: {
    /** Id of the project, a uuid. */
    projectId: { format: "uuid" },
  },
  fields: {
    /** The key's id, a uuid. */
    id: { format: "uuid" },
    /** Name of the key, of 1 to 80 characters. */
    name: { input: "optional", maxLength: 80 },
    /** What the key may do. Default: ProjectEditor. */
    roles: {
      type: "strings",
      input: "optional",
      set: true,
      values: [
        "ProjectEditor",
        "ProjectViewer",
        "ControlPlaneEditor",
        "ControlPlaneViewer",
        "DataPlaneEditor",
        "DataPlaneViewer",
      ],
    },
    value: { wire: { created: { body: "/value" } } },
  },
  operations: {
    create: { envelope: "/key" },
    list: { envelope: "/data" },
    get: { path: "/admin/api-keys/{keyId}" },
    update: { path: "/admin/api-keys/{keyId}", fields: ["name", "roles"] },
    revoke: { path: "/admin/api-keys/{keyId}" },
  },
  errors: [{ message: "/error/message", code: "/error/code", notAboutKeys: ["Not Found", "Not found"] }],
} as const satisfies ServiceDefinitionInput;
