import { Refusal, type Reply } from "../../../../sandbox/http";
import type { Call } from "../../../../sandbox/routing";
import { HeldKeys } from "./heldKeys";
import { isTexts, mint, objectIn, pageOf, queryOf } from "./request";
import type { StandInApi } from "./standIn";

interface Token {
  id: number;
  name: string;
  description: string | null;
  scopes: string[];
  access_level: number;
  user_id: number;
  created_at: string;
  last_used_at: string | null;
  expires_at: string;
}

export const gitlabToken = "glpat-maintainer";
export const gitlabDeveloperToken = "glpat-developer";
export const projectId = "acme/shop";

const collection = "/api/v4/projects/{id}/access_tokens";
const scopes = ["api", "read_api", "read_repository", "write_repository", "read_registry", "write_registry"];
const levels = [10, 15, 20, 30, 40, 50];
/** A token without an expiry gets the longest one that there is. */
const longestDays = 365;
const dayMs = 86_400_000;

/**
 * Access tokens of projects. Revoked ones stay, as inactive.
 *
 * @see https://docs.gitlab.com/api/project_access_tokens/
 */
export function gitlab(now: () => number): StandInApi {
  const alive = ({ expires_at }: Token) => Date.parse(expires_at) > now();
  const keys = new HeldKeys<Token>(({ name }) => name, alive);
  const told = ({ wire, revoked }: { wire: Token; revoked: boolean }) => ({
    ...wire,
    revoked,
    active: !revoked && alive(wire),
  });
  const date = (given: unknown): string => {
    const latest = new Date(now() + longestDays * dayMs).toISOString().slice(0, 10);
    if (given === undefined) return latest;
    if (typeof given !== "string" || !/^\d{4}-\d\d-\d\d$/.test(given)) throw invalid("expires_at is invalid");
    if (Date.parse(given) <= now() || given > latest) {
      throw refusal(400, `400 Bad request - Expiration date must be before ${latest}`);
    }
    return given;
  };
  const issue = (wire: Omit<Token, "id" | "user_id" | "created_at" | "last_used_at">): Reply => {
    const id = 42 + keys.all().length;
    const token = mint("glpat-");
    const created_at = new Date(now()).toISOString();
    const held = keys.add(String(id), token, { ...wire, id, user_id: 141, created_at, last_used_at: null });
    return { status: 201, body: { ...told(held), token } };
  };

  const list = (call: Call): Reply => {
    admit(call);
    const query = queryOf(call);
    const size = Math.min(100, Number(query.get("per_page") ?? 20));
    const page = Number(query.get("page") ?? 1);
    const state = query.get("state");
    const all = keys
      .all()
      .map(told)
      .filter(({ active }) => state === null || active === (state === "active"));
    const next = new URLSearchParams({ ...Object.fromEntries(query), page: String(page + 1) });
    const address = `http://${call.headers.host}${call.path.split("?")[0]}?${next}`;
    const more = page * size < all.length;
    return {
      status: 200,
      body: pageOf(all, page, size),
      headers: more ? { link: `<${address}>; rel="next"` } : {},
    };
  };

  const one = (call: Call) => {
    admit(call);
    const found = keys.all().find(({ id }) => id === call.param("tokenId"));
    if (found) return found;
    throw refusal(
      404,
      `404 Could not find project access token with token_id: ${call.param("tokenId")} Not Found`,
    );
  };

  const create = (call: Call): Reply => {
    admit(call);
    const asked = objectIn(call) ?? {};
    const { name, description = null, scopes: wanted, access_level = 40 } = asked;
    if (typeof name !== "string") throw invalid("name is missing");
    if (!isTexts(wanted)) throw invalid("scopes is missing");
    if (wanted.some((scope) => !scopes.includes(scope))) throw invalid("scopes does not have a valid value");
    if (!levels.includes(access_level as number)) throw invalid("access_level does not have a valid value");
    return issue({
      name,
      description: description as string | null,
      scopes: wanted,
      access_level: access_level as number,
      expires_at: date(asked.expires_at),
    });
  };

  const remove = (call: Call): Reply => {
    one(call).revoked = true;
    return { status: 204 };
  };

  return {
    routes: [
      { method: "GET", template: collection, handle: list },
      { method: "POST", template: collection, handle: create },
      {
        method: "GET",
        template: `${collection}/{tokenId}`,
        handle: (call) => ({ status: 200, body: told(one(call)) }),
      },
      { method: "DELETE", template: `${collection}/{tokenId}`, handle: remove },
    ],
    error: (status) => ({
      status,
      body: status === 404 ? { error: "404 Not Found" } : { message: `${status} Error` },
    }),
    live: () => keys.live(),
    revoke: (id) => keys.revoke(id),
    change: (id, patch) => keys.change(id, patch),
  };
}

function admit(call: Call): void {
  const token = call.headers["private-token"];
  if (token !== gitlabToken && token !== gitlabDeveloperToken) throw refusal(401, "401 Unauthorized");
  if (decodeURIComponent(call.param("id")) !== projectId) throw refusal(404, "404 Project Not Found");
  if (token !== gitlabToken) throw refusal(403, "403 Forbidden");
}

function refusal(status: number, message: string): Refusal {
  return new Refusal({ status, body: { message } });
}

/** What GitLab's own check of parameters answers. */
function invalid(error: string): Refusal {
  return new Refusal({ status: 400, body: { error } });
}
