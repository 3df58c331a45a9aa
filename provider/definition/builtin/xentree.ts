import type { ServiceDefinitionInput } from "../definition";

/**
 * Xentree's admin API keys.
 *
 * The pages show APIKeyResponse and DELETE whole. The other operations' paths are in their menu and their
 * shapes are assumed: a bare array for the list, snake_case fields as in APIKeyResponse for create.
 *
 * @see Xentree Docs, "APIKeyResponse" and "Delete an API key" (modified 2026-04-22)
 */
export const xentree = {
  name: "xentree",
  title: "Xentree",
  baseUrl: "https://my.xentree.com",
  kind: "collection",
  auth: [
    { scheme: "bearer" },
    {
      scheme: "login",
      login: { path: "/api/auth/login", body: { email: "{username}", password: "{password}" } },
      refresh: { path: "/api/auth/refresh", body: { refresh_token: "{refreshToken}" } },
      accessToken: "/access_token",
      refreshToken: "/refresh_token",
      expiresInSeconds: "/expires_in",
      evidence: "assumed",
    },
  ],
  fields: {
    /** The key's id at Xentree, a uuid. */
    id: { type: "string", format: "uuid" },
    /** Name of the key. Default: the resource's name and seven random hex digits. */
    name: { type: "string", input: "optional", maxLength: 255 },
    /** The value's first characters, by which a key is recognised without knowing it. */
    prefix: { type: "string" },
    /** The tenant that the key belongs to, a uuid. */
    tenantId: { wire: "tenant_id", type: "string", format: "uuid" },
    /** The user who created the key, a uuid. */
    userId: { wire: "user_id", type: "string", format: "uuid" },
    /** Organization that the key is limited to, a uuid. Default: none. */
    organizationId: { wire: "organization_id", type: "string", format: "uuid", input: "optional" },
    /** Name of that organization. */
    organizationName: { wire: "organization_name", type: "string", volatile: true },
    /** What the key may do; order means nothing. Default: Xentree's own. */
    permissions: { type: "strings", input: "optional", set: true },
    /** Requests a minute that the key may send. Default: Xentree's own. */
    rateLimitPerMinute: { wire: "rate_limit_per_minute", type: "integer", input: "optional", minimum: 1 },
    /** When the key stops working, RFC 3339. Default: never. */
    expiresAt: { wire: "expires_at", type: "instant", input: "optional" },
    /** False once the key was deactivated. */
    active: { wire: "is_active", type: "boolean" },
    /** When the key was last used, RFC 3339. */
    lastUsedAt: { wire: "last_used_at", type: "instant", volatile: true },
    /** When the key was created, RFC 3339. */
    createdAt: { wire: "created_at", type: "instant" },
    /** Addresses or CIDR ranges that the key may be used from; order means nothing. Default: any. */
    allowedIps: { wire: "allowed_ips", type: "strings", format: "ip-range", input: "optional", set: true },
    /** The key itself, shown once. */
    value: { wire: "key_value", type: "string" },
  },
  operations: {
    create: { method: "POST", path: "/api/admin/api-keys", evidence: "assumed" },
    list: { method: "GET", path: "/api/admin/api-keys", evidence: "assumed" },
    revoke: { method: "DELETE", path: "/api/admin/api-keys/{keyId}", evidence: "documented" },
  },
  errors: [
    {
      message: "/detail",
      notAboutKeys: ["Not Found"],
      evidence: "assumed",
    },
    {
      message: "/detail/0/msg",
      details: { items: "/detail", field: "/loc/1", message: "/msg" },
      evidence: "assumed",
    },
  ],
  statusHints: {
    "401": "The token has expired or was revoked; log in again or configure username and password.",
    "403": "The connection's user needs to be an administrator of the tenant.",
  },
  tenant: {
    field: "tenantId",
    whoami: { path: "/api/auth/me", tenant: "/tenant_id", evidence: "assumed" },
  },
} as const satisfies ServiceDefinitionInput;
