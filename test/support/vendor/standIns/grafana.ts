import { Refusal, type Reply } from "../../../../sandbox/http";
import type { Call } from "../../../../sandbox/routing";
import { HeldKeys } from "./heldKeys";
import { mint, objectIn } from "./request";
import type { StandInApi } from "./standIn";

interface Token {
  id: number;
  name: string;
  role: string;
  created: string;
  expiration: string | null;
}

export const grafanaToken = "glsa_admin";
export const grafanaViewerToken = "glsa_viewer";
export const serviceAccountId = "2";

const collection = "/api/serviceaccounts/{id}/tokens";

/**
 * Tokens of service accounts.
 *
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/serviceaccount/
 */
export function grafana(now: () => number): StandInApi {
  const keys = new HeldKeys<Token>(
    ({ name }) => name,
    ({ expiration }) => expiration === null || Date.parse(expiration) > now(),
  );

  const list = (call: Call): Reply => {
    admit(call);
    return { status: 200, body: keys.present().map(({ wire }) => listed(wire, now())) };
  };

  const create = (call: Call): Reply => {
    admit(call);
    const { name, secondsToLive = 0 } = objectIn(call) ?? {};
    if (typeof name !== "string" || name === "") throw refusal(400, "bad request data");
    if (typeof secondsToLive !== "number" || !Number.isInteger(secondsToLive) || secondsToLive < 0) {
      throw refusal(400, "Number of seconds before expiration should be a positive number");
    }
    if (keys.present().some(({ wire }) => wire.name === name)) {
      throw refusal(400, "service account token with given name already exists in the organization");
    }
    const id = keys.all().length + 1;
    const key = mint("glsa_");
    const expiration = secondsToLive === 0 ? null : seconds(now() + secondsToLive * 1_000);
    keys.add(String(id), key, { id, name, role: "Viewer", created: seconds(now()), expiration });
    return { status: 200, body: { id, name, key } };
  };

  const remove = (call: Call): Reply => {
    admit(call);
    const found = keys.find(call.param("tokenId"));
    if (!found) throw refusal(404, "service account token not found");
    found.revoked = true;
    return { status: 200, body: { message: "Service account token deleted" } };
  };

  return {
    routes: [
      { method: "GET", template: collection, handle: list },
      { method: "POST", template: collection, handle: create },
      { method: "DELETE", template: `${collection}/{tokenId}`, handle: remove },
    ],
    error: (status) => message(status, status === 404 ? "Not found" : `Error ${status}`),
    live: () => keys.live(),
    revoke: (id) => keys.revoke(id),
    change: (id, patch) => keys.change(id, patch),
  };
}

function listed(token: Token, nowMs: number) {
  const leftMs = token.expiration === null ? 0 : Date.parse(token.expiration) - nowMs;
  return {
    ...token,
    secondsUntilExpiration: Math.max(0, leftMs / 1_000),
    hasExpired: token.expiration !== null && leftMs <= 0,
  };
}

function admit(call: Call): void {
  const { authorization } = call.headers;
  if (authorization === `Bearer ${grafanaViewerToken}`) {
    throw refusal(403, "You'll need additional permissions to perform this action.");
  }
  if (authorization !== `Bearer ${grafanaToken}`) throw refusal(401, "Invalid API key");
  if (!/^\d+$/.test(call.param("id"))) throw refusal(400, "Service Account ID is invalid");
  if (call.param("id") !== serviceAccountId) throw refusal(404, "service account not found");
}

function refusal(status: number, text: string): Refusal {
  return new Refusal(message(status, text));
}

function message(status: number, text: string): Reply {
  return { status, body: { message: text } };
}

/** The server keeps whole seconds. */
function seconds(epochMs: number): string {
  return new Date(Math.floor(epochMs / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
}
