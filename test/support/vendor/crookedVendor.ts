import type { ServiceDefinitionInput } from "../../../provider/definition/definition";
import { json, type Received, serve } from "../http/loopback";

const origin = "https://console.crooked.example";
const lifetimesDays: Readonly<Record<string, number>> = { "1d": 1, "30d": 30 };
const expansions: Readonly<Record<string, readonly string[]>> = {
  read: ["objects:read"],
  write: ["objects:write", "objects:read"],
};

/** What issues of real providers tell of real APIs, in one. */
export const crookedDefinition = {
  name: "crooked",
  path: "/tenants/{tenant}/keys",
  headers: { Origin: origin },
  auth: {
    scheme: "login",
    login: {
      path: "/session",
      headers: { Origin: origin },
      body: { request: { client: "{username}", password: "{password}" } },
    },
    accessToken: "/reply/session/token",
    expiresInSeconds: "/reply/session/ttl",
    captures: { tenant: "/reply/session/tenant" },
    send: { headers: { Authorization: "Session {accessToken}" } },
    unauthorized: { status: 403, at: "/fault/code", equals: "session" },
  },
  success: { at: "/ok", equals: true },
  notFound: { at: "/fault/code", equals: "no_key" },
  errors: [{ message: "/fault/msg", code: "/fault/code" }],
  bodyEnvelope: "/request/key",
  envelope: "/reply",
  uniqueNames: "suffix",
  reusesIds: true,
  fields: {
    id: { type: "integer", wire: { created: { field: "value", part: "^ck([0-9]+)_" }, read: "no" } },
    name: { wire: { create: "label", update: "title", read: "title" } },
    value: "token",
    scopes: {
      type: "strings",
      input: "required",
      set: true,
      expands: true,
      wire: { create: "scopes", read: "grants" },
      as: { request: "list", response: "objects" },
      item: "scope",
    },
    note: { input: "optional" },
    expiresAt: {
      input: "optional",
      wire: { create: "lifetime", read: "valid_until" },
      as: { response: "utc" },
      lifetimes: { "1d": "1d", "30d": "30d" },
      never: "never",
    },
    createdAt: { wire: "born", as: "utc" },
    active: { when: { at: "/state", equals: "active" } },
  },
  operations: {
    create: { verify: true },
    list: { envelope: "/reply/keys", completeness: "uncounted" },
    get: { completeness: "partial", envelope: "/reply/key" },
    update: { fields: ["scopes"], verify: true },
    revoke: { method: "POST", path: "/tenants/{tenant}/keys/{keyId}/revoke", verify: true },
    remove: {},
  },
} as const satisfies ServiceDefinitionInput;

export const crookedCredentials = { username: "crooked-client", password: "crooked-Secr3t" };

interface Key {
  readonly no: number;
  readonly label: string;
  readonly born: string;
  readonly validUntil: string;
  readonly secret: string;
  grants: readonly string[];
  state: "active" | "revoked";
}

/** That vendor, on loopback. */
export class CrookedVendor {
  readonly keys: Key[] = [];
  readonly requests: string[] = [];
  url = "";
  sessions = 0;
  #made = 0;
  /** Breaks the connection after it has made the next key. */
  losesNextAnswer = false;

  static async start(now: () => number): Promise<CrookedVendor> {
    const vendor = new CrookedVendor(now);
    const { url } = await serve((response, received) => {
      const answer = vendor.#answer(received);
      if (answer === "lost") response.destroy();
      else json(response, answer[0], answer[1]);
    });
    vendor.url = url;
    return vendor;
  }

  private constructor(private readonly now: () => number) {}

  get live(): string[] {
    return this.keys.filter(({ state }) => state === "active").map(({ secret }) => secret);
  }

  /** Somebody makes a key by hand, under the lowest number that is free. */
  make(label: string, scopes: readonly string[] = ["read"], lifetime = "never"): Key {
    const taken = new Set(this.keys.map(({ no }) => no));
    let no = 1;
    while (taken.has(no)) no++;
    this.#made++;
    const days = lifetimesDays[lifetime];
    const key: Key = {
      no,
      label,
      born: zoneless(this.now()),
      validUntil: days === undefined ? "" : zoneless(this.now() + days * 86_400_000),
      secret: `ck${no}_canary-${this.#made}-${"x".repeat(24)}`,
      grants: granted(scopes),
      state: "active",
    };
    this.keys.push(key);
    return key;
  }

  remove(no: number): void {
    this.keys.splice(
      this.keys.findIndex((key) => key.no === no),
      1,
    );
  }

  #answer({ method, url, headers, body }: Received): readonly [number, object] | "lost" {
    this.requests.push(`${method} ${url}`);
    if (headers.origin !== origin) return fault(400, "origin", "This origin is not allowed.");
    const sent = body === "" ? {} : JSON.parse(body).request;
    if (url === "/session") return this.#login(sent);
    if (headers.authorization !== `Session token-${this.sessions}`)
      return fault(403, "session", "The session is over.");
    const [, , tenant, , number, action] = url.split("/");
    if (tenant !== "t-1") return fault(404, "route", "There is no such tenant.");
    if (number === undefined) return method === "POST" ? this.#create(sent.key) : this.#list();
    const key = this.keys.find(({ no }) => no === Number(number));
    if (method === "GET") {
      // Odd ones are never found.
      return key && key.no % 2 === 0
        ? ok({ key: shown(key) })
        : fault(404, "no_key", "There is no such key.");
    }
    if (method === "PATCH" && key) key.grants = granted(sent.key.scopes);
    if (action === "revoke" && key) key.state = "revoked";
    if (method === "DELETE" && key?.state === "active") return fault(409, "active", "Revoke the key first.");
    if (method === "DELETE" && key) this.remove(key.no);
    // Also for keys that there are not.
    return ok({});
  }

  #login(sent: { client?: string; password?: string }): readonly [number, object] {
    const { username, password } = crookedCredentials;
    if (sent.client !== username || sent.password !== password)
      return fault(400, "denied", "Wrong client or password.");
    this.sessions++;
    return ok({ session: { token: `token-${this.sessions}`, tenant: "t-1", ttl: 60 } });
  }

  #create({ label, scopes, lifetime }: { label: string; scopes: string[]; lifetime?: string }) {
    if (this.keys.some((key) => key.label === label && key.state === "active")) {
      return fault(400, "label_taken", "The label is taken.");
    }
    const { secret, validUntil } = this.make(label, scopes, lifetime);
    if (this.losesNextAnswer) {
      this.losesNextAnswer = false;
      return "lost" as const;
    }
    return ok({ token: secret, valid_until: validUntil });
  }

  #list() {
    // The number of keys on this page, and not of all.
    return ok({ total: this.keys.length + 7, keys: this.keys.map(shown) });
  }
}

function granted(scopes: readonly string[]): string[] {
  return [...new Set(scopes.flatMap((scope) => [scope, ...(expansions[scope] ?? [])]))].sort().reverse();
}

function shown({ no, label, born, validUntil, secret, grants, state }: Key) {
  const token = state === "revoked" ? "" : secret;
  return {
    no,
    title: label,
    token,
    born,
    valid_until: validUntil,
    state,
    grants: grants.map((scope) => ({ scope, allow: true })),
  };
}

function zoneless(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19);
}

function ok(reply: object): readonly [number, object] {
  return [200, { ok: true, reply }];
}

function fault(status: number, code: string, msg: string): readonly [number, object] {
  return [status, { ok: false, fault: { code, msg } }];
}
