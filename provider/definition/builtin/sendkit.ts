import type { ServiceDefinitionInput } from "../definition";

/**
 * SendKit's workspace API key: one key a workspace, so the path names no key.
 *
 * The page shows DELETE and both error envelopes. Create and get are assumed to live on the same path, in the
 * success envelope of DELETE.
 *
 * @see SendKit documentation, "Delete workspace API key"
 */
export const sendkit = {
  name: "sendkit",
  title: "SendKit",
  baseUrl: "https://api.sendkit.ai",
  kind: "singleton",
  auth: [
    {
      scheme: "headers",
      headers: { "X-Api-Key": "{apiKey}" },
      accepts: {
        apiKey: {
          pattern: "^sk_user_.+",
          reason:
            "SendKit manages workspace keys with a platform key (sk_user_…) only; workspace keys are refused",
        },
      },
    },
  ],
  pathParameters: {
    /** Workspace whose key this is. */
    workspaceId: {},
  },
  fields: {
    /** The key's id. */
    id: { type: "string", evidence: "assumed" },
    /** Name of the key. Default: the resource's name and seven random hex digits. */
    name: { type: "string", input: "optional", maxLength: 255, evidence: "assumed" },
    /** The value's first characters, by which a key is recognised without knowing it. */
    prefix: { type: "string", evidence: "assumed" },
    /** When the key was created, RFC 3339. */
    createdAt: { type: "instant", evidence: "assumed" },
    /** The key itself, shown once. */
    value: { wire: "key", type: "string", evidence: "assumed" },
  },
  envelope: "/data",
  operations: {
    create: { method: "POST", path: "/v1/workspaces/{workspaceId}/api-key", evidence: "assumed" },
    get: { method: "GET", path: "/v1/workspaces/{workspaceId}/api-key", evidence: "assumed" },
    revoke: { method: "DELETE", path: "/v1/workspaces/{workspaceId}/api-key", evidence: "documented" },
  },
  errors: [
    { message: "/message", code: "/code" },
    {
      message: "/error/message",
      code: "/error/code",
      details: { items: "/error/details", field: "/field", message: "/message" },
    },
  ],
  statusHints: {
    "401": "The platform key (sk_user_…) is wrong or was revoked.",
    "403": "Only owners and admins of the workspace can manage its API key, with a platform key (sk_user_…).",
  },
} as const satisfies ServiceDefinitionInput;
