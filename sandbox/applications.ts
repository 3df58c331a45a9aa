import { APPLICATIONS_ADMIN, CREDENTIALS } from "./credentials";
import { type Detail, envelope } from "./envelope";
import { Fields } from "./fields";
import { bearer, Refusal, type Reply } from "./http";
import { type KeyShape, KeyStore } from "./keys";
import type { Call } from "./routing";
import { verifyToken } from "./tokens";
import type { KeyRecord } from "./types";
import { COLLEAGUES_KEY, scopeFrom, type Vendor, type VendorSettings } from "./vendor";

interface ApplicationKey {
  id: string;
  applicationId: string;
  name: string;
  prefix: string;
  permissions: string[];
  expiresAt: string | null;
  createdAt: string;
}

type Requested = Pick<ApplicationKey, "name" | "permissions" | "expiresAt">;

const SHAPE: KeyShape<ApplicationKey> = {
  vendor: "applications",
  valueStart: "app_live_",
  prefixLength: 12,
  scopeIsParent: true,
  life: ({ createdAt, expiresAt }) => ({ createdAt, expiresAt, active: true }),
};

const APPLICATIONS = [CREDENTIALS.applications.applicationId, CREDENTIALS.applications.otherApplicationId];
const DEFAULT_PERMISSIONS = ["read"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const COLLECTION = "/api/v1/applications/{id}/api-keys";
const ONE = `${COLLECTION}/{keyId}`;

export function createApplications(settings: VendorSettings): Vendor {
  const keys = new KeyStore(SHAPE, settings.now);

  const issue = (applicationId: string, requested: Requested, patch?: Readonly<Record<string, unknown>>) =>
    keys.issue(
      applicationId,
      ({ id, prefix, created }) => ({ id, applicationId, ...requested, prefix, createdAt: created }),
      patch,
    );

  const create = (call: Call): Reply => {
    const application = applicationOf(call, settings);
    const { wire, value } = issue(application, requestedKey(call, settings.now()));
    return { status: 201, body: { ...wire, key: value } };
  };

  const list = (call: Call): Reply => {
    const records = keys.list(applicationOf(call, settings));
    return { status: 200, body: records.map(({ wire }) => wire) };
  };

  const keyOf = (call: Call): KeyRecord<ApplicationKey> => {
    const record = keys.find(applicationOf(call, settings, ["id", "keyId"]), call.param("keyId"));
    if (record === undefined) throw new Refusal(envelope(404));
    return record;
  };

  const remove = (call: Call): Reply => {
    keyOf(call).revoked = true;
    return { status: 200, body: {} };
  };

  const ping = (call: Call): Reply => {
    const record = keys.authenticate(bearer(call.headers));
    if (record === undefined) throw new Refusal(envelope(401));
    return { status: 200, body: { ok: true, name: record.wire.name } };
  };

  return {
    name: "applications",
    mount: "/api/v1/",
    routes: [
      { method: "GET", template: COLLECTION, handle: list },
      { method: "POST", template: COLLECTION, handle: create },
      { method: "GET", template: ONE, handle: (call) => ({ status: 200, body: keyOf(call).wire }) },
      { method: "DELETE", template: ONE, handle: remove },
      { method: "GET", template: "/api/v1/ping", handle: ping },
    ],
    error: (status) => envelope(status),
    keys,
    create: ({ applicationId, ...fields }) => {
      const application = scopeFrom(applicationId, APPLICATIONS, "applicationId");
      const requested = { name: COLLEAGUES_KEY, permissions: DEFAULT_PERMISSIONS, expiresAt: null };
      return keys.describe(issue(application, requested, fields));
    },
  };
}

/** @throws {Refusal} 401, 403, 400 for a malformed id, or 404, in that order */
function applicationOf(call: Call, settings: VendorSettings, ids: readonly string[] = ["id"]): string {
  const expected = {
    iss: "applications",
    use: "access",
    generation: settings.accounts.generation("applications"),
  } as const;
  const claims = verifyToken(bearer(call.headers) ?? "", expected, settings.now());
  if (typeof claims === "string") throw new Refusal(envelope(401));
  if (claims.sub !== APPLICATIONS_ADMIN) throw new Refusal(envelope(403));
  const malformed = ids.filter((id) => !UUID.test(call.param(id)));
  refuseInvalid(malformed.map((field) => ({ field, message: "Invalid uuid format" })));
  const application = APPLICATIONS.find((id) => id === call.param("id"));
  if (application === undefined) throw new Refusal(envelope(404));
  return application;
}

function requestedKey(call: Call, now: number): Requested {
  const fields = new Fields(call.body);
  const requested = {
    name: fields.requiredText("name"),
    permissions: fields.texts("permissions", DEFAULT_PERMISSIONS),
    expiresAt: fields.futureTime("expiresAt", now),
  };
  refuseInvalid(fields.problems.map(({ path, message }) => ({ field: path.join("."), message })));
  return requested;
}

function refuseInvalid(details: readonly Detail[]): void {
  if (details.length > 0) throw new Refusal(envelope(400, details));
}
