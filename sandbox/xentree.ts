import { CREDENTIALS, XENTREE_ADMIN, XENTREE_USERS, type XentreeUser } from "./credentials";
import { Fields } from "./fields";
import { bearer, Refusal, type Reply } from "./http";
import { type KeyShape, KeyStore } from "./keys";
import type { Call } from "./routing";
import { COLLEAGUES_KEY, scopeFrom, type Vendor, type VendorSettings } from "./vendor";
import { XentreeAuth } from "./xentreeAuth";
import { detail, refuseInvalid } from "./xentreeErrors";

/** @see APIKeyResponse, but for `key_value`, which is shown at creation only */
interface XentreeKey {
  id: string;
  name: string;
  prefix: string;
  tenant_id: string;
  user_id: string;
  organization_id: string | null;
  organization_name: string | null;
  permissions: string[];
  rate_limit_per_minute: number;
  expires_at: string | null;
  is_active: boolean;
  last_used_at: string | null;
  created_at: string;
  allowed_ips: string[];
}

type Requested = Pick<
  XentreeKey,
  "name" | "permissions" | "rate_limit_per_minute" | "expires_at" | "allowed_ips" | "organization_id"
>;

const SHAPE: KeyShape<XentreeKey> = {
  vendor: "xentree",
  valueStart: "xntr-",
  prefixLength: 16,
  scopeIsParent: false,
  life: (wire) => ({ createdAt: wire.created_at, expiresAt: wire.expires_at, active: wire.is_active }),
};

const ORGANIZATION = { id: CREDENTIALS.xentree.organizationId, name: "Acme" };
const DEFAULTS = { permissions: [], rate_limit_per_minute: 60, allowed_ips: [] };

export function createXentree(settings: VendorSettings): Vendor {
  const keys = new KeyStore(SHAPE, settings.now);
  const auth = new XentreeAuth(settings);

  const issue = (owner: XentreeUser, requested: Requested, patch?: Readonly<Record<string, unknown>>) =>
    keys.issue(
      owner.tenant_id,
      ({ id, prefix, created }) => ({
        ...requested,
        id,
        prefix,
        tenant_id: owner.tenant_id,
        user_id: owner.id,
        organization_name: requested.organization_id === null ? null : ORGANIZATION.name,
        is_active: true,
        last_used_at: null,
        created_at: created,
      }),
      patch,
    );

  const create = (call: Call): Reply => {
    const owner = auth.admin(call);
    const { wire, value } = issue(owner, requestedKey(call, owner, settings.now()));
    return { status: 201, body: { ...wire, key_value: value } };
  };

  const list = (call: Call): Reply => {
    const { tenant_id } = auth.admin(call);
    const newestFirst = keys.list(tenant_id).reverse();
    return { status: 200, body: newestFirst.map(({ wire }) => wire) };
  };

  const remove = (call: Call): Reply => {
    const { tenant_id } = auth.admin(call);
    const record = keys.find(tenant_id, call.param("key_id"));
    if (record === undefined) throw new Refusal(detail(404, "API key not found"));
    record.revoked = true;
    return { status: 200 };
  };

  const ping = (call: Call): Reply => {
    const record = keys.authenticate(bearer(call.headers));
    if (record === undefined) throw new Refusal(detail(401, "Invalid API key"));
    record.wire.last_used_at = new Date(settings.now()).toISOString();
    return { status: 200, body: { ok: true, name: record.wire.name } };
  };

  return {
    name: "xentree",
    mount: "/api/",
    routes: [
      ...auth.routes,
      { method: "GET", template: "/api/admin/api-keys", handle: list },
      { method: "POST", template: "/api/admin/api-keys", handle: create },
      { method: "DELETE", template: "/api/admin/api-keys/{key_id}", handle: remove },
      { method: "GET", template: "/api/ping", handle: ping },
    ],
    error: (status) => detail(status),
    keys,
    create: ({ tenant_id, ...fields }) =>
      keys.describe(
        issue(
          ownerOf(tenant_id),
          { ...DEFAULTS, name: COLLEAGUES_KEY, expires_at: null, organization_id: null },
          fields,
        ),
      ),
  };
}

function requestedKey(call: Call, owner: XentreeUser, now: number): Requested {
  const fields = new Fields(call.body);
  const requested = {
    name: fields.requiredText("name"),
    permissions: fields.texts("permissions", DEFAULTS.permissions),
    rate_limit_per_minute: fields.integer("rate_limit_per_minute", DEFAULTS.rate_limit_per_minute, 1),
    expires_at: fields.futureTime("expires_at", now),
    allowed_ips: fields.texts("allowed_ips", DEFAULTS.allowed_ips),
    organization_id: fields.optionalText("organization_id"),
  };
  refuseInvalid(fields.problems);
  const organization = owner.tenant_id === XENTREE_ADMIN.tenant_id ? ORGANIZATION.id : null;
  if (requested.organization_id !== null && requested.organization_id !== organization) {
    throw new Refusal(detail(404, "Organization not found"));
  }
  return requested;
}

function ownerOf(tenant: unknown): XentreeUser {
  const tenants = XENTREE_USERS.map((user) => user.tenant_id);
  const scope = scopeFrom(tenant, tenants, "tenant_id");
  return XENTREE_USERS.find((user) => user.tenant_id === scope) ?? XENTREE_ADMIN;
}
