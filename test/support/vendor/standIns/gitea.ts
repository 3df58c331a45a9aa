import { Refusal, type Reply } from "../../../../sandbox/http";
import type { Call } from "../../../../sandbox/routing";
import { HeldKeys } from "./heldKeys";
import { isTexts, mint, objectIn, pageOf, queryOf } from "./request";
import type { StandInApi } from "./standIn";

interface Token {
  id: number;
  name: string;
  scopes: string[];
  token_last_eight: string;
  created_at: string;
  last_used_at: string;
}

export const giteaUser = "deploy-bot";
export const giteaPassword = "correct horse battery staple";

const collection = "/api/v1/users/{username}/tokens";
const defaultSize = 30;
const largestSize = 50;

/**
 * Access tokens of users, listed without their values.
 *
 * @see https://docs.gitea.com/api/#tag/user/operation/userCreateToken
 * @see https://docs.gitea.com/development/api-usage
 */
export function gitea(now: () => number): StandInApi {
  const keys = new HeldKeys<Token>(({ name }) => name);

  const list = (call: Call): Reply => {
    admit(call);
    const query = queryOf(call);
    const size = Math.min(largestSize, Number(query.get("limit") ?? defaultSize));
    const all = keys.present().map(({ wire }) => ({ ...wire, sha1: "" }));
    return {
      status: 200,
      body: pageOf(all, Number(query.get("page") ?? 1), size),
      headers: { "x-total-count": String(all.length) },
    };
  };

  const create = (call: Call): Reply => {
    admit(call);
    const { name, scopes } = objectIn(call) ?? {};
    if (typeof name !== "string" || name === "") throw refusal(422, "[Name]: Required");
    if (keys.present().some(({ wire }) => wire.name === name)) {
      throw refusal(400, "access token name has been used already");
    }
    if (!isTexts(scopes) || scopes.some((scope) => !/^(all|(read|write):[a-z]+)$/.test(scope))) {
      throw refusal(400, "invalid access token scope provided");
    }
    const id = keys.all().length + 1;
    const sha1 = mint("");
    const token_last_eight = sha1.slice(-8);
    const at = new Date(now()).toISOString();
    // The server has an order of its own for scopes.
    const wire = { id, name, scopes: scopes.toSorted(), token_last_eight, created_at: at, last_used_at: at };
    keys.add(String(id), sha1, wire);
    return { status: 201, body: { id, name, sha1, token_last_eight, scopes: null } };
  };

  const remove = (call: Call): Reply => {
    admit(call);
    const found = keys.find(call.param("token"));
    if (!found) throw refusal(404, "The target couldn't be found.");
    found.revoked = true;
    return { status: 204 };
  };

  return {
    routes: [
      { method: "GET", template: collection, handle: list },
      { method: "POST", template: collection, handle: create },
      { method: "DELETE", template: `${collection}/{token}`, handle: remove },
    ],
    error: (status) => message(status, status === 404 ? "Not Found" : `Error ${status}`),
    live: () => keys.live(),
    revoke: (id) => keys.revoke(id),
    change: (id, patch) => keys.change(id, patch),
  };
}

function admit(call: Call): void {
  const given = /^Basic (.+)$/.exec(call.headers.authorization ?? "")?.[1] ?? "";
  const [username, ...password] = Buffer.from(given, "base64").toString().split(":");
  if (username !== giteaUser || password.join(":") !== giteaPassword) {
    throw refusal(401, "invalid username, password or token");
  }
  if (call.param("username") !== giteaUser) throw refusal(403, "doer should be the site admin or be same");
}

function refusal(status: number, text: string): Refusal {
  return new Refusal(message(status, text));
}

function message(status: number, text: string): Reply {
  return { status, body: { message: text, url: "https://gitea.example/api/swagger" } };
}
