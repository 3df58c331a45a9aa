import { CREDENTIALS } from "./credentials";
import { envelope } from "./envelope";
import { Fields } from "./fields";
import { Refusal, type Reply } from "./http";
import { type KeyShape, KeyStore } from "./keys";
import type { Call } from "./routing";
import type { KeyRecord } from "./types";
import { COLLEAGUES_KEY, scopeFrom, type Vendor, type VendorSettings } from "./vendor";

interface WorkspaceKey {
  id: string;
  name: string;
  prefix: string;
  createdAt: string;
}

const SHAPE: KeyShape<WorkspaceKey> = {
  vendor: "sendkit",
  valueStart: "sk_ws_",
  prefixLength: 12,
  scopeIsParent: true,
  life: ({ createdAt }) => ({ createdAt, expiresAt: null, active: true }),
};

const WORKSPACES = [CREDENTIALS.sendkit.workspaceId, CREDENTIALS.sendkit.otherWorkspaceId];
const DEFAULT_NAME = "Workspace key";
const PATH = "/v1/workspaces/{workspaceId}/api-key";

export function createSendkit(settings: VendorSettings): Vendor {
  const keys = new KeyStore(SHAPE, settings.now);

  const issue = (workspace: string, name: string, patch?: Readonly<Record<string, unknown>>) =>
    keys.issue(workspace, ({ id, prefix, created }) => ({ id, name, prefix, createdAt: created }), patch);

  /** @throws {Refusal} 401, or 403 for a caller who is no owner or admin of the workspace */
  const workspaceOf = (call: Call): string => {
    const key = apiKeyOf(call);
    const { apiKey, memberApiKey, workspaceApiKey } = settings.accounts.credentials.sendkit;
    const known = [apiKey, memberApiKey, workspaceApiKey].includes(key) || keys.authenticate(key);
    if (!known) throw new Refusal(envelope(401));
    const workspace = WORKSPACES.find((id) => id === call.param("workspaceId"));
    if (key !== apiKey || workspace === undefined) throw new Refusal(envelope(403));
    return workspace;
  };

  const keyOf = (call: Call): KeyRecord<WorkspaceKey> => {
    const [record] = keys.list(workspaceOf(call));
    if (record === undefined) throw new Refusal(envelope(404));
    return record;
  };

  const create = (call: Call): Reply => {
    const workspace = workspaceOf(call);
    const name = requestedName(call);
    if (keys.list(workspace).length > 0) throw new Refusal(conflict());
    const { wire, value } = issue(workspace, name);
    return { status: 201, body: { success: true, data: { ...wire, key: value } } };
  };

  const remove = (call: Call): Reply => {
    keyOf(call).revoked = true;
    return { status: 200, body: { success: true, data: { message: "API key deleted" } } };
  };

  const ping = (call: Call): Reply => {
    const record = keys.authenticate(apiKeyOf(call));
    if (record === undefined) throw new Refusal(envelope(401));
    return { status: 200, body: { ok: true, name: record.wire.name } };
  };

  return {
    name: "sendkit",
    mount: "/v1/",
    routes: [
      {
        method: "GET",
        template: PATH,
        handle: (call) => ({ status: 200, body: { success: true, data: keyOf(call).wire } }),
      },
      { method: "POST", template: PATH, handle: create },
      { method: "DELETE", template: PATH, handle: remove },
      { method: "GET", template: "/v1/ping", handle: ping },
    ],
    error: (status) => envelope(status),
    keys,
    create: ({ replace, workspaceId, ...fields }) => {
      const workspace = scopeFrom(workspaceId, WORKSPACES, "workspaceId");
      const [existing] = keys.list(workspace);
      if (existing !== undefined && replace !== true) {
        throw new Error(
          `The workspace "${workspace}" has a key already; say {replace: true} to revoke it first.`,
        );
      }
      const record = issue(workspace, COLLEAGUES_KEY, fields);
      if (existing !== undefined) existing.revoked = true;
      return keys.describe(record);
    },
  };
}

function apiKeyOf(call: Call): string {
  const key = call.headers["x-api-key"];
  return typeof key === "string" ? key : "";
}

function requestedName(call: Call): string {
  const fields = new Fields(call.body);
  const name = fields.text("name", DEFAULT_NAME);
  if (fields.problems.length === 0) return name;
  const details = fields.problems.map(({ path, message }) => ({ field: path.join("."), message }));
  throw new Refusal(failure(400, { code: "VALIDATION_ERROR", message: "The request is not valid", details }));
}

function conflict(): Reply {
  return failure(409, { code: "CONFLICT", message: "This workspace already has an API key" });
}

/** The second of SendKit's two error shapes, for refusals of its own handlers. */
function failure(status: number, error: object): Reply {
  return { status, body: { success: false, error } };
}
