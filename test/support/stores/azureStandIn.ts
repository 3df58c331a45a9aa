import { randomUUID } from "node:crypto";
import https from "node:https";
import type { Authority, Issued } from "../http/certificates";
import { json, listen, onClose, type Received, serve } from "../http/loopback";
import { serveProxy } from "../http/proxy";

interface HeldVersion {
  readonly id: string;
  readonly value: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

/** What becomes of a request: a refusal in place of what it asks for, or its answer gets lost. */
type Fault = { readonly status: number; readonly body: unknown } | "lost";

interface Result {
  readonly status: number;
  readonly value: unknown;
}

/**
 * A stand-in of ours for an Azure Key Vault under its real name, which only a proxy leads to, and for the endpoint of App
 * Service that gives out tokens of a managed identity.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/operation-groups
 * @see https://learn.microsoft.com/en-us/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export class AzureStandIn {
  readonly host = "ci.vault.azure.net";
  /** Versions of each secret, from the first. */
  readonly secrets = new Map<string, HeldVersion[]>();
  readonly deleted = new Map<string, HeldVersion[]>();
  readonly requests: string[] = [];
  token = "canary-azure-token";
  /** Decides of each request, before it takes effect. */
  fault: (request: string, body: string) => Fault | undefined = () => undefined;
  /** What a process needs to find it. */
  environment: Readonly<Record<string, string>> = {};

  /** @param inFront puts a server before it, and gives that one's URL */
  async start(
    authority: Authority,
    inFront: (url: string, tls: Issued) => Promise<string> = async (url) => url,
  ): Promise<this> {
    const tls = authority.issue("vault", [this.host]);
    const server = https.createServer({ cert: tls.cert, key: tls.key }, async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { method = "", url = "", headers } = request;
      this.#vault(response, { method, url, headers, body });
    });
    const url = (await listen(server, 0)).replace("http:", "https:");
    onClose(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const proxy = await serveProxy({ [`${this.host}:443`]: await inFront(url, tls) });
    const identity = await serve((response, request) => this.#identity(response, request));
    this.environment = {
      HTTPS_PROXY: proxy.url,
      NO_PROXY: "127.0.0.1",
      NODE_EXTRA_CA_CERTS: authority.ca.certFile,
      IDENTITY_ENDPOINT: `${identity.url}/msi/token`,
      IDENTITY_HEADER: "canary-identity-header",
    };
    return this;
  }

  get writes(): string[] {
    return this.requests.filter((line) => !line.startsWith("GET "));
  }

  /** As it was at the start. */
  reset(): void {
    this.secrets.clear();
    this.deleted.clear();
    this.requests.length = 0;
    this.token = "canary-azure-token";
    this.fault = () => undefined;
  }

  /** Somebody sets a secret. */
  set(name: string, version: Omit<HeldVersion, "id">): HeldVersion {
    const held = { id: randomUUID().replaceAll("-", ""), ...version };
    this.secrets.set(name, [...(this.secrets.get(name) ?? []), held]);
    return held;
  }

  /** Texts of a secret's versions, from the first. */
  versions(name: string): string[] {
    return (this.secrets.get(name) ?? []).map(({ value }) => value);
  }

  #identity(response: Parameters<typeof json>[0], { url, headers }: Received): void {
    const { searchParams } = new URL(url, "http://localhost");
    const isKnown = headers["x-identity-header"] === "canary-identity-header";
    const resource = searchParams.get("resource");
    if (!isKnown || resource !== "https://vault.azure.net") json(response, 401, { message: "No." });
    else {
      const expires = String(Math.floor(Date.now() / 1000) + 86_400);
      const token = {
        access_token: "canary-azure-token",
        token_type: "Bearer",
        resource,
        expires_on: expires,
      };
      json(response, 200, token);
    }
  }

  #vault(
    response: Parameters<typeof json>[0],
    { method, url, headers, body }: Pick<Received, "method" | "url" | "headers" | "body">,
  ): void {
    if (headers.authorization !== `Bearer ${this.token}`) {
      const challenge =
        'Bearer authorization="https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111", resource="https://vault.azure.net"';
      const value = { error: { code: "Unauthorized", message: "It has no token." } };
      json(response, 401, value, { "www-authenticate": challenge });
      return;
    }
    const line = `${method} ${new URL(url, "https://localhost").pathname.replace(/\/$/, "")}`;
    this.requests.push(line);
    const fault = this.fault(line, body);
    const { status, value } =
      fault !== undefined && fault !== "lost"
        ? { status: fault.status, value: fault.body }
        : this.#result(line, body);
    if (fault === "lost") response.destroy();
    else json(response, status, value);
  }

  #result(line: string, body: string): Result {
    const [, method, kind, name = "", act] =
      /^(\w+) \/(secrets|deletedsecrets)\/([\w-]+)(?:\/(\w+))?$/.exec(line) ?? [];
    if (kind === "deletedsecrets") return this.#ofDeleted(name, act);
    if (method === "PUT") {
      if (this.deleted.has(name)) return refusal(409, "Conflict", "ObjectIsDeletedButRecoverable");
      return { status: 200, value: this.#told(name, this.set(name, JSON.parse(body))) };
    }
    const version = this.secrets.get(name)?.at(-1);
    if (version === undefined) return refusal(404, "SecretNotFound");
    if (method === "DELETE") {
      this.deleted.set(name, this.secrets.get(name) ?? []);
      this.secrets.delete(name);
      return { status: 200, value: this.#toldDeleted(name, version) };
    }
    return { status: 200, value: this.#told(name, version) };
  }

  #ofDeleted(name: string, act: string | undefined): Result {
    const versions = this.deleted.get(name);
    const version = versions?.at(-1);
    if (versions === undefined || version === undefined) return refusal(404, "SecretNotFound");
    if (act !== "recover") return { status: 200, value: this.#toldDeleted(name, version) };
    this.deleted.delete(name);
    this.secrets.set(name, versions);
    return { status: 200, value: this.#told(name, version) };
  }

  #told(name: string, { id, value, tags, contentType }: HeldVersion) {
    const attributes = { enabled: true, created: 1767225600, updated: 1767225600, recoverableDays: 90 };
    return { id: `https://${this.host}/secrets/${name}/${id}`, value, attributes, tags, contentType };
  }

  #toldDeleted(name: string, version: HeldVersion) {
    const { value: _, ...told } = this.#told(name, version);
    const recoveryId = `https://${this.host}/deletedsecrets/${name}`;
    return { ...told, recoveryId, deletedDate: 1767225600, scheduledPurgeDate: 1775001600 };
  }
}

function refusal(status: number, code: string, inner?: string): Result {
  const innererror = inner === undefined ? {} : { innererror: { code: inner } };
  return { status, value: { error: { code, message: "It was refused.", ...innererror } } };
}
