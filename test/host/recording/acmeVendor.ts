import { Refusal, type Reply } from "../../../sandbox/http";
import type { Call } from "../../../sandbox/routing";
import { mint, objectIn, pageOf, queryOf } from "../../support/vendor/standIns/request";
import type { HeldKey, StandInApi } from "../../support/vendor/standIns/standIn";

/** A key as Acme's own database holds it. */
export interface AcmeKey {
  readonly key_id: string;
  readonly label: string;
  readonly state: "on";
  readonly project: string;
  readonly scopes: string;
  limit: number;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly secret: string;
}

export const acmeUser = "deploy-bot";
export const acmePassword = "correct horse battery staple";

const account = "acct-7";
const largestLimit = 1000;
/** Requests after which a session ends, so that clients meet the response that says so. */
const requestsPerSession = 3;
const keysPerPage = 2;

/** Acme's API, whose keys can be moved to another stand-in. */
export interface AcmeApi extends StandInApi {
  dump(): AcmeKey[];
  restore(keys: readonly AcmeKey[]): void;
}

/**
 * A vendor that does little as usual, so that its definition needs many options. Clients log in for a session, which ends
 * with status 400, and renew it. A missing key is a 400 as well. Names are unique. The response to a create has the id
 * and the secret alone. A limit may be lower than the requested one. The list is an object of keys, in pages.
 */
export function acmeVendor(now: () => number): AcmeApi {
  const keys = new Map<string, AcmeKey>();
  /** Requests that are left of each session. */
  const sessions = new Map<string, number>();
  const renewals = new Set<string>();

  const begin = (): Reply => {
    const [access, renewal] = [mint("session-"), mint("renewal-")];
    sessions.set(access, requestsPerSession);
    renewals.add(renewal);
    return { status: 200, body: { access, renewal, account: { id: account } } };
  };

  const logIn = (call: Call): Reply => {
    const { user, password } = objectIn(call) ?? {};
    if (user !== acmeUser || password !== acmePassword) throw refusal(401, "WRONG_PASSWORD");
    return begin();
  };

  const renew = (call: Call): Reply => {
    if (!renewals.delete(String(objectIn(call)?.renewal))) throw refusal(401, "RENEWAL_UNKNOWN");
    return begin();
  };

  /** The project whose keys the request is about. */
  const projectOf = (call: Call): string => {
    const access = String(call.headers["x-session"]);
    const left = sessions.get(access) ?? 0;
    if (left === 0) throw refusal(400, "SESSION_ENDED");
    sessions.set(access, left - 1);
    if (call.param("account") !== account) throw refusal(403, "FOREIGN_ACCOUNT");
    return call.param("project");
  };

  const keysIn = (project: string) => [...keys.values()].filter((key) => key.project === project);

  const keyOf = (call: Call): AcmeKey => {
    const found = keysIn(projectOf(call)).find(({ key_id }) => key_id === call.param("keyId"));
    if (!found) throw refusal(400, "NO_SUCH_KEY");
    return found;
  };

  /** @throws for a key that is not there, since a test that changes nothing proves nothing */
  const known = (id: string): AcmeKey => {
    const found = keys.get(id);
    if (!found) throw new Error(`There is no key ${id}.`);
    return found;
  };

  const create = (call: Call): Reply => {
    const project = projectOf(call);
    const { label, scopes = "", limit = largestLimit } = objectIn(call) ?? {};
    if (keysIn(project).some((key) => key.label === label)) throw refusal(409, "NAME_TAKEN");
    const key: AcmeKey = {
      key_id: mint("key-").slice(0, 16),
      label: String(label),
      state: "on",
      project,
      scopes: String(scopes),
      limit: Math.min(Number(limit), largestLimit),
      created: Math.floor(now() / 1000),
      secret: mint("acme-"),
    };
    keys.set(key.key_id, key);
    return { status: 201, body: { result: { key_id: key.key_id, secret: key.secret } } };
  };

  const update = (call: Call): Reply => {
    const key = keyOf(call);
    key.limit = Math.min(Number(objectIn(call)?.limit ?? largestLimit), largestLimit);
    return { status: 204 };
  };

  const revoke = (call: Call): Reply => {
    keys.delete(keyOf(call).key_id);
    return { status: 204 };
  };

  const list = (call: Call): Reply => {
    const all = keysIn(projectOf(call));
    const page = Number(queryOf(call).get("page") ?? 1);
    const shown = pageOf(all, page, keysPerPage).map((key) => {
      const { key_id, ...rest } = masked(key);
      return [key_id, rest] as const;
    });
    const next = all.length > page * keysPerPage ? `${call.path.split("?")[0]}?page=${page + 1}` : null;
    // This total is wrong on purpose: the definition says to ignore it.
    return { status: 200, body: { keys: Object.fromEntries(shown), next, total: 999 } };
  };

  const path = "/accounts/{account}/projects/{project}/keys";
  return {
    routes: [
      { method: "POST", template: "/session", handle: logIn },
      { method: "POST", template: "/session/renewal", handle: renew },
      { method: "POST", template: path, handle: create },
      { method: "GET", template: path, handle: list },
      {
        method: "GET",
        template: `${path}/{keyId}`,
        handle: (call) => ({ status: 200, body: { result: masked(keyOf(call)) } }),
      },
      { method: "PATCH", template: `${path}/{keyId}`, handle: update },
      { method: "DELETE", template: `${path}/{keyId}`, handle: revoke },
    ],
    error: (status) => failure(status, `STATUS_${status}`),
    live: () => [...keys.values()].map(held),
    revoke: (id) => void keys.delete(known(id).key_id),
    change: (id, patch) => void Object.assign(known(id), patch),
    dump: () => structuredClone([...keys.values()]),
    restore: (records) => {
      for (const key of structuredClone(records)) keys.set(key.key_id, key);
    },
  };
}

function held({ key_id, label, secret }: AcmeKey): HeldKey {
  return { id: key_id, name: label, value: secret };
}

function masked({ secret: _, ...key }: AcmeKey): Omit<AcmeKey, "secret"> {
  return key;
}

function refusal(status: number, code: string): Refusal {
  return new Refusal(failure(status, code));
}

function failure(status: number, code: string): Reply {
  return { status, body: { error: { code, message: `Acme refuses this: ${code}.` } } };
}
