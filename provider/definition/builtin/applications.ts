import type { ServiceDefinitionInput } from "../definition";

/**
 * The application-scoped keys API: any number of keys under an application.
 *
 * The page shows revocation and the error envelope. Create, list and get are assumed to mirror it under the
 * same path. Its base URL is a place holder, so every connection says its own.
 *
 * @see "Revoke API key for application"
 */
export const applications = {
  name: "applications",
  title: "Applications API",
  kind: "collection",
  auth: [{ scheme: "bearer" }],
  pathParameters: {
    /** Application that the key belongs to, a uuid. */
    applicationId: { format: "uuid" },
  },
  fields: {
    /** The key's id, a uuid. */
    id: { type: "string", format: "uuid" },
    /** Name of the key. Default: the resource's name and seven random hex digits. */
    name: { type: "string", input: "optional", maxLength: 255, evidence: "assumed" },
    /** The value's first characters, by which a key is recognised without knowing it. */
    prefix: { type: "string", evidence: "assumed" },
    /** What the key may do; order means nothing. Default: the application's own. */
    permissions: { type: "strings", input: "optional", set: true, evidence: "assumed" },
    /** When the key stops working, RFC 3339. Default: never. */
    expiresAt: { type: "instant", input: "optional", evidence: "assumed" },
    /** When the key was created, RFC 3339. */
    createdAt: { type: "instant", evidence: "assumed" },
    /** The key itself, shown once. */
    value: { wire: "key", type: "string", evidence: "assumed" },
  },
  operations: {
    create: { method: "POST", path: "/api/v1/applications/{applicationId}/api-keys", evidence: "assumed" },
    list: { method: "GET", path: "/api/v1/applications/{applicationId}/api-keys", evidence: "assumed" },
    get: {
      method: "GET",
      path: "/api/v1/applications/{applicationId}/api-keys/{keyId}",
      evidence: "assumed",
    },
    revoke: {
      method: "DELETE",
      path: "/api/v1/applications/{applicationId}/api-keys/{keyId}",
      evidence: "documented",
    },
  },
  errors: [
    {
      message: "/message",
      code: "/code",
      details: { items: "/details", field: "/field", message: "/message" },
    },
  ],
  statusHints: {
    "401": "The token is missing, wrong or expired.",
    "403": "The connection's token has no permission on this application.",
    "404":
      "There is no such application or key, or the connection's token may not see it. If the application was deleted, its keys are gone with it: remove them from the stack with `pulumi state delete`.",
  },
} as const satisfies ServiceDefinitionInput;
