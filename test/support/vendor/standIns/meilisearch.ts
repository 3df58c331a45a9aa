import { createHmac, randomUUID } from "node:crypto";
import { Refusal, type Reply } from "../../../../sandbox/http";
import type { Call } from "../../../../sandbox/routing";
import { HeldKeys } from "./heldKeys";
import { isTexts, objectIn, queryOf } from "./request";
import type { StandInApi } from "./standIn";

interface Key {
  uid: string;
  key: string;
  name: string | null;
  description: string | null;
  actions: string[];
  indexes: string[];
  expiresAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export const masterKey = "aSampleMasterKey";
export const meilisearchSearchKey = "aSearchKey";

const changeable = ["name", "description"];

/**
 * Keys of a server, whose values are shown whenever a key is.
 *
 * @see https://www.meilisearch.com/docs/reference/api/keys
 * @see https://www.meilisearch.com/docs/reference/errors/error_codes
 */
export function meilisearch(now: () => number): StandInApi {
  const keys = new HeldKeys<Key>(
    ({ name }) => name ?? "",
    ({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now(),
  );
  const nowText = () => new Date(now()).toISOString().replace("Z", "123456Z");

  const list = (call: Call): Reply => {
    admit(call);
    const query = queryOf(call);
    const offset = Number(query.get("offset") ?? 0);
    const limit = Number(query.get("limit") ?? 20);
    const all = keys.present().map(({ wire }) => wire);
    return {
      status: 200,
      body: { results: all.slice(offset, offset + limit), offset, limit, total: all.length },
    };
  };

  const one = (call: Call) => {
    admit(call);
    const asked = call.param("key");
    const found = keys.present().find(({ wire }) => wire.uid === asked || wire.key === asked);
    if (found) return found;
    throw refusal(404, "api_key_not_found", `API key \`${asked}\` not found.`);
  };

  const create = (call: Call): Reply => {
    admit(call);
    const asked = objectIn(call);
    if (!asked) throw refusal(400, "malformed_payload", "The `json` payload provided is malformed.");
    const { name = null, description = null, actions, indexes, expiresAt } = asked;
    if (!isTexts(actions)) throw missing("actions");
    if (!isTexts(indexes)) throw missing("indexes");
    if (expiresAt === undefined) throw missing("expiresAt");
    if (actions.some((action) => !/^(\*|[a-z.]+(\.\*)?)$/i.test(action)))
      throw refusal(400, "invalid_api_key_actions", "Unknown value at `.actions[0]`.");
    if (expiresAt !== null && !(Date.parse(String(expiresAt)) > now())) {
      throw refusal(400, "invalid_api_key_expires_at", `Invalid value at \`.expiresAt\`: \`${expiresAt}\`.`);
    }
    const uid = typeof asked.uid === "string" ? asked.uid : randomUUID();
    const key = createHmac("sha256", masterKey).update(uid).digest("hex");
    const wire = { uid, key, name, description, actions, indexes, expiresAt } as Key;
    const held = keys.add(uid, key, { ...wire, createdAt: nowText(), updatedAt: nowText() });
    return { status: 201, body: held.wire };
  };

  const update = (call: Call): Reply => {
    const held = one(call);
    const asked = objectIn(call) ?? {};
    const other = Object.keys(asked).find((name) => !changeable.includes(name));
    if (other !== undefined) {
      throw refusal(400, `immutable_api_key_${other}`, `Immutable field \`${other}\`.`);
    }
    Object.assign(held.wire, asked, { updatedAt: nowText() });
    return { status: 200, body: held.wire };
  };

  const remove = (call: Call): Reply => {
    one(call).revoked = true;
    return { status: 204 };
  };

  return {
    routes: [
      { method: "GET", template: "/keys", handle: list },
      { method: "POST", template: "/keys", handle: create },
      { method: "GET", template: "/keys/{key}", handle: (call) => ({ status: 200, body: one(call).wire }) },
      { method: "PATCH", template: "/keys/{key}", handle: update },
      { method: "DELETE", template: "/keys/{key}", handle: remove },
    ],
    // No route, no body.
    error: (status) => (status === 404 ? { status } : problem(status, "internal", "An internal error.")),
    live: () => keys.live(),
    revoke: (id) => keys.revoke(id),
    change: (id, patch) => keys.change(id, patch),
  };
}

function admit({ headers: { authorization } }: Call): void {
  if (authorization === undefined) {
    throw refusal(401, "missing_authorization_header", "The Authorization header is missing.");
  }
  if (authorization !== `Bearer ${masterKey}`) {
    throw refusal(403, "invalid_api_key", "The provided API key is invalid.");
  }
}

function missing(field: string): Refusal {
  const code = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return refusal(400, `missing_api_key_${code}`, `Missing field \`${field}\`.`);
}

function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal(problem(status, code, message));
}

function problem(status: number, code: string, message: string): Reply {
  const type = status === 403 || status === 401 ? "auth" : "invalid_request";
  const link = `https://docs.meilisearch.com/errors#${code}`;
  return { status, body: { message, code, type, link } };
}
