import sodium from "libsodium-wrappers";
import { json, serve } from "../http/loopback";

/** Whose token it is that a request carries. */
interface Holder {
  readonly mayWrite: boolean;
  /** Of a classic token. */
  readonly scopes?: string;
}

/** What the stand-in does in the place of its answer to the next requests of a method. */
interface Fault {
  readonly method: string;
  readonly status: number;
  readonly message?: string;
  /** Whether it does what was asked all the same, and loses the answer. */
  readonly after?: boolean;
  times: number;
}

interface Secret {
  readonly value: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly visibility?: unknown;
  readonly selected?: unknown;
}

/**
 * A stand-in for GitHub, which no registry has: its secrets of Actions, as GitHub's published description of its REST API
 * has them. It opens the sealed boxes with a private key of its own, as GitHub does.
 *
 * @see https://docs.github.com/en/rest/actions/secrets
 * @see https://github.com/github/rest-api-description
 */
export async function startGitHub() {
  await sodium.ready;
  const pair = sodium.crypto_box_keypair();
  const keyId = "568250167242549743";
  const holders: Record<string, Holder> = {
    "canary-token": { mayWrite: true },
    "canary-reader": { mayWrite: false },
    "canary-classic": { mayWrite: true, scopes: "repo, admin:org" },
    "canary-gist": { mayWrite: false, scopes: "gist, read:user" },
  };
  const repositories: Record<string, number> = { "acme/app": 1296269, "acme/web": 1296270 };
  /** Secrets by place and name. */
  const secrets = new Map<string, Map<string, Secret>>(
    [
      "/repos/acme/app/actions/secrets",
      "/repos/acme/app/environments/production/secrets",
      "/repos/acme/app/environments/production%2Feu/secrets",
      "/orgs/acme/actions/secrets",
    ].map((place) => [place, new Map()]),
  );
  const faults: Fault[] = [];
  let seconds = 0;

  const put = (place: string, name: string, given: Record<string, unknown>) => {
    const held = secrets.get(place);
    if (held === undefined || given.key_id !== keyId) return undefined;
    const sealed = Buffer.from(String(given.encrypted_value), "base64");
    const value = sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.privateKey, "text");
    seconds++;
    const now = new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().replace(".000", "");
    const before = held.get(name);
    held.set(name, {
      value,
      created_at: before?.created_at ?? now,
      updated_at: now,
      visibility: given.visibility,
      selected: given.selected_repository_ids,
    });
    return before === undefined ? 201 : 204;
  };

  const server = await serve((response, { method, url, headers, body }) => {
    const holder = holders[/^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? ""];
    const own = holder?.scopes === undefined ? {} : { "x-oauth-scopes": holder.scopes };
    const answer = (status: number, value: unknown) => json(response, status, value, own);
    const fault = faults.find((one) => one.method === method && one.times > 0);
    if (fault !== undefined) fault.times--;
    if (fault !== undefined && fault.after !== true) {
      return answer(fault.status, { message: fault.message ?? "Server Error" });
    }
    if (holder === undefined) return answer(401, { message: "Bad credentials" });
    if (headers["x-github-api-version"] !== "2022-11-28" || headers["user-agent"] === undefined) {
      return answer(400, { message: "The API version or the user agent is missing" });
    }
    const repository = /^\/repos\/([^/]+\/[^/]+)$/.exec(url)?.[1];
    if (repository !== undefined && repositories[repository] !== undefined) {
      return answer(200, { id: repositories[repository], full_name: repository });
    }
    const [, place = "", name = ""] = /^(.+)\/([^/]+)$/.exec(url) ?? [];
    const held = secrets.get(place);
    // A token that may not know of a place is told that there is none.
    if (held === undefined) return answer(404, { message: "Not Found" });
    if (name === "public-key") {
      return answer(200, { key_id: keyId, key: Buffer.from(pair.publicKey).toString("base64") });
    }
    const secret = held.get(name);
    if (method === "GET") {
      if (secret === undefined) return answer(404, { message: "Not Found" });
      const { created_at, updated_at } = secret;
      return answer(200, { name, created_at, updated_at });
    }
    if (!holder.mayWrite) {
      return answer(403, { message: "Resource not accessible by personal access token" });
    }
    const status = method === "DELETE" ? (held.delete(name) ? 204 : 404) : put(place, name, JSON.parse(body));
    if (fault !== undefined) return response.destroy();
    if (status === undefined) return answer(422, { message: "Bad request - key_id is unknown" });
    if (status === 404) return answer(404, { message: "Not Found" });
    response.writeHead(status, own).end();
  });

  const at = (place: string) => secrets.get(place) ?? new Map<string, Secret>();
  return {
    url: server.url,
    faults,
    /** Methods and paths of the requests so far, from which it begins anew. */
    takeRequests: () => server.received.splice(0).map(({ method, url }) => `${method} ${url}`),
    received: server.received,
    /** What a workflow would be given. */
    values: (place: string) =>
      Object.fromEntries([...at(place)].map(([name, { value }]) => [name, value] as const)),
    secret: (place: string, name: string) => at(place).get(name),
    /** Somebody writes, by the web pages. */
    write: (place: string, name: string, value: string) => {
      const sealed = sodium.crypto_box_seal(value, pair.publicKey, "base64");
      put(place, name, { key_id: keyId, encrypted_value: toStandard(sealed) });
    },
    remove: (place: string, name: string) => at(place).delete(name),
  };
}

/** libsodium's own base64 is that of URLs. */
function toStandard(text: string): string {
  return Buffer.from(text, "base64url").toString("base64");
}
