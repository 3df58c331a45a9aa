import type http from "node:http";
import https from "node:https";
import type { Authority } from "../http/certificates";
import { json, listen, onClose, type Received, serve } from "../http/loopback";
import { serveProxy } from "../http/proxy";

interface HeldVersion {
  readonly name: string;
  readonly createTime: string;
  state: "ENABLED" | "DISABLED" | "DESTROYED";
  data: string;
}

interface HeldSecret {
  readonly labels: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly versions: HeldVersion[];
}

/** What becomes of a request: a refusal in place of what it asks for, or its answer gets lost. */
type Fault = { readonly status: number; readonly body: unknown } | "lost";

/**
 * A stand-in of ours for Google Secret Manager over REST, with the metadata server that gives machines at Google their
 * tokens.
 *
 * @see https://secretmanager.googleapis.com/$discovery/rest?version=v1
 * @see https://cloud.google.com/compute/docs/metadata/overview
 */
export class GoogleStandIn {
  readonly secrets = new Map<string, HeldSecret>();
  readonly requests: string[] = [];
  url = "";
  token = "canary-google-token";
  /** Whether an Authorization header is that of somebody who is known. */
  knows = (authorization: string | undefined) => authorization === `Bearer ${this.token}`;
  /** What the caller lacks, of permissions. */
  readonly lacks = new Set<string>();
  /** Decides of each request, before it takes effect. */
  fault: (request: string, body: string) => Fault | undefined = () => undefined;
  #time = Date.UTC(2026, 0, 1);
  #count = 0;

  async start(): Promise<this> {
    const { url } = await serve((response, request) => this.#answer(response, request));
    this.url = url;
    return this;
  }

  /** @returns the environment in which it is found under its real name, to which a proxy leads */
  async underItsName(authority: Authority): Promise<Readonly<Record<string, string>>> {
    const host = "secretmanager.googleapis.com";
    const { cert, key } = authority.issue("google", [host]);
    const server = https.createServer({ cert, key }, async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { method = "", url = "", headers } = request;
      this.#api(response, { method, url, headers, body });
    });
    const url = (await listen(server, 0)).replace("http:", "https:");
    onClose(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const proxy = await serveProxy({ [`${host}:443`]: url });
    return { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority.ca.certFile };
  }

  get writes(): string[] {
    return this.requests.filter((line) => !line.startsWith("GET ") && !line.endsWith(":testIamPermissions"));
  }

  /** As it was at the start. */
  reset(): void {
    this.secrets.clear();
    this.lacks.clear();
    this.requests.length = 0;
    this.token = "canary-google-token";
    this.fault = () => undefined;
  }

  /** A secret as somebody else made it. */
  make(name: string, labels: HeldSecret["labels"] = {}): HeldSecret {
    const secret = { labels, etag: `"${++this.#count}"`, versions: [] };
    this.secrets.set(name, secret);
    return secret;
  }

  /** Somebody writes there. */
  add(name: string, text: string): HeldVersion {
    const { versions } = this.secrets.get(name) ?? this.make(name);
    const version: HeldVersion = {
      name: `${name.replace(/projects\/[^/]+/, "projects/123456")}/versions/${versions.length + 1}`,
      createTime: new Date(this.#time++).toISOString(),
      state: "ENABLED",
      data: Buffer.from(text).toString("base64"),
    };
    versions.push(version);
    return version;
  }

  /** Texts and states of a secret's versions, from the first. */
  versions(name: string): string[] {
    return (this.secrets.get(name)?.versions ?? []).map(({ state, data }) =>
      state === "ENABLED" ? Buffer.from(data, "base64").toString() : state,
    );
  }

  #answer(response: http.ServerResponse, { method, url, headers, body }: Received): void {
    if (url.startsWith("/computeMetadata/")) this.#metadata(response, url);
    else this.#api(response, { method, url, headers, body });
  }

  #api(
    response: http.ServerResponse,
    { method, url, headers, body }: Pick<Received, "method" | "url" | "headers" | "body">,
  ): void {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const line = `${method} ${decodeURIComponent(pathname).replace("/v1/", "")}`;
    this.requests.push(line);
    const fault = this.fault(line, body);
    const { status, value } =
      fault !== undefined && fault !== "lost"
        ? { status: fault.status, value: fault.body }
        : this.knows(headers.authorization)
          ? this.#result(method, line.slice(method.length + 1), searchParams, body)
          : refusal(401, "UNAUTHENTICATED");
    if (fault === "lost") response.destroy();
    else json(response, status, value);
  }

  #metadata(response: http.ServerResponse, url: string): void {
    const flavor = { "metadata-flavor": "Google" };
    if (url.includes("/token")) {
      const token = { access_token: "canary-google-token", expires_in: 3600, token_type: "Bearer" };
      json(response, 200, token, flavor);
    } else if (url.includes("universe")) response.writeHead(404, flavor).end();
    else response.writeHead(200, flavor).end("computeMetadata/");
  }

  #result(method: string, path: string, query: URLSearchParams, text: string): Result {
    const body = text === "" ? {} : JSON.parse(text);
    const [, project = "", name = "", version, verb] =
      /^(projects\/[^/]+)\/secrets(?:\/([\w-]+))?(?:\/versions\/(\w+))?(?::(\w+))?$/.exec(path) ?? [];
    const full = `${project}/secrets/${name || query.get("secretId")}`;
    const secret = this.secrets.get(full);
    if (verb === "testIamPermissions") {
      const given = body.permissions.filter((one: string) => secret !== undefined && !this.lacks.has(one));
      return ok(given.length > 0 ? { permissions: given } : {});
    }
    if (name === "") {
      if (secret !== undefined) return refusal(409, "ALREADY_EXISTS");
      if (body.replication?.automatic === undefined) return refusal(400, "INVALID_ARGUMENT");
      this.make(full, body.labels);
      return ok(this.#told(full));
    }
    if (secret === undefined) return refusal(404, "NOT_FOUND");
    if (verb === "addVersion") {
      if (this.lacks.has("secretmanager.versions.add")) return refusal(403, "PERMISSION_DENIED");
      return ok(told(this.add(full, Buffer.from(body.payload.data, "base64").toString())));
    }
    if (version !== undefined) return this.#ofVersion(secret, version, verb);
    if (method === "GET") return ok(this.#told(full));
    if (query.get("etag") !== secret.etag) return refusal(400, "FAILED_PRECONDITION");
    this.secrets.delete(full);
    return ok({});
  }

  #ofVersion({ versions }: HeldSecret, number: string, verb: string | undefined): Result {
    const version = number === "latest" ? versions.at(-1) : versions[Number(number) - 1];
    if (version === undefined) return refusal(404, "NOT_FOUND");
    if (verb === "access") {
      if (version.state !== "ENABLED") return refusal(400, "FAILED_PRECONDITION");
      return ok({ name: version.name, payload: { data: version.data } });
    }
    if (verb === "destroy") Object.assign(version, { state: "DESTROYED", data: "" });
    return ok(told(version));
  }

  #told(name: string) {
    const { labels, etag } = this.secrets.get(name) ?? {};
    return { name, labels, etag, replication: { automatic: {} } };
  }
}

interface Result {
  readonly status: number;
  readonly value: unknown;
}

function ok(value: unknown): Result {
  return { status: 200, value };
}

function refusal(code: number, status: string): Result {
  return { status: code, value: { error: { code, status, message: "It was refused." } } };
}

/** The library asks for the numbers of enumerations. */
const states = { ENABLED: 1, DISABLED: 2, DESTROYED: 3 };

function told({ name, createTime, state }: HeldVersion) {
  return { name, createTime, state: states[state] };
}
