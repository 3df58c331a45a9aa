import type { HttpClient } from "../../http/client";
import type { HttpRequest, HttpResponse } from "../../http/request";
import { isObject } from "../../json/members";
import { ConflictError, type Document, documentStore } from "../documentStore";
import { deliveryFailed } from "../kind";
import { refusalOf } from "../storeClient";

/** One secret, by the path that people use: without the `data` that the API has behind the mount. */
export class VaultSecret {
  readonly #label: string;
  /** Fields of other kinds than text, by the version that has them: they are not ours, and stay as they are. */
  readonly #others = new Map<number, Record<string, unknown>>();

  constructor(
    private readonly client: HttpClient,
    private readonly mounts: Map<string, Promise<string>>,
    private readonly path: string,
  ) {
    this.#label = `Vault secret ${path}`;
  }

  store() {
    return documentStore({
      label: this.#label,
      address: `${this.client.origin} ${this.path}`,
      probe: () => this.#probe(),
      read: () => this.#read(),
      version: () => this.#version(),
      replace: (fields, there) => this.#replace(fields, there),
      erase: async () => {
        const response = await this.#send("DELETE", "data", "remove");
        if (response.status >= 300 && response.status !== 404) throw this.#refused("remove", response);
      },
    });
  }

  /** Asks what the token may do there; a write of its own would make a version. */
  async #probe(): Promise<void> {
    const place = await this.#place("data");
    const response = await this.client.send({
      method: "POST",
      path: "/v1/sys/capabilities-self",
      body: { paths: [decodeURI(place.slice("/v1/".length))] },
      repeatable: true,
      what: `ask what may be done with ${this.#label}`,
    });
    if (response.status !== 200) throw this.#refused("look at", response);
    const body = bodyOf(response);
    const capabilities = isObject(body.data) ? body.data.capabilities : body.capabilities;
    const may = new Set(Array.isArray(capabilities) ? capabilities : []);
    if (may.has("root") || ((may.has("create") || may.has("update")) && may.has("read"))) return;
    throw deliveryFailed(
      `${this.#label} cannot be written: the token's policies give it no ${may.has("read") ? "create and update" : "read"} there. Extend them.`,
    );
  }

  async #read(): Promise<Document | undefined> {
    const response = await this.#send("GET", "data", "read");
    const body = bodyOf(response);
    const data = isObject(body.data) ? body.data : {};
    const { version } = isObject(data.metadata) ? data.metadata : {};
    // A deleted version is told under 404, with its number.
    if (response.status === 404) return typeof version === "number" ? { fields: {}, version } : undefined;
    if (response.status !== 200 || typeof version !== "number") throw this.#refused("read", response);
    const others = members(data.data, false);
    this.#others.set(version, others);
    const fields = members(data.data, true) as Record<string, string>;
    return { fields, version, hasMore: Object.keys(others).length > 0 };
  }

  async #version(): Promise<number | undefined> {
    const response = await this.#send("GET", "metadata", "look at");
    const body = bodyOf(response);
    const data = isObject(body.data) ? body.data : {};
    return response.status === 200 &&
      typeof data.current_version === "number" &&
      !isDeleted(data, data.current_version)
      ? data.current_version
      : undefined;
  }

  async #replace(fields: Document["fields"], there: Document | undefined): Promise<number> {
    const response = await this.#send("PUT", "data", "write", {
      options: { cas: there?.version ?? 0 },
      data: { ...this.#others.get(Number(there?.version)), ...fields },
    });
    const body = bodyOf(response);
    const { version } = isObject(body.data) ? body.data : {};
    if (response.status === 200 && typeof version === "number") return version;
    if (response.status === 400 && JSON.stringify(body).includes("check-and-set")) throw new ConflictError();
    throw this.#refused("write", response);
  }

  async #send(
    method: HttpRequest["method"],
    part: "data" | "metadata",
    what: string,
    body?: unknown,
  ): Promise<HttpResponse> {
    const request = { method, path: await this.#place(part), what: `${what} ${this.#label}` };
    return this.client.send(body === undefined ? request : { ...request, body });
  }

  /** The path of the API. A mount may have several segments, and only the server knows where it ends. */
  async #place(part: "data" | "metadata"): Promise<string> {
    const mount = await this.#mount();
    const rest = `${this.path}/`.slice(mount.length, -1);
    return `/v1/${[mount.slice(0, -1), part, rest].map(encodePath).join("/")}`;
  }

  #mount(): Promise<string> {
    const [first = ""] = this.path.split("/");
    const known = this.mounts.get(first) ?? this.#askMount();
    this.mounts.set(first, known);
    known.catch(() => this.mounts.delete(first));
    return known;
  }

  async #askMount(): Promise<string> {
    const response = await this.client.send({
      method: "GET",
      path: `/v1/sys/internal/ui/mounts/${encodePath(this.path)}`,
      what: `look at ${this.#label}`,
    });
    const { data } = bodyOf(response);
    if (response.status !== 200 || !isObject(data) || typeof data.path !== "string") {
      throw this.#refused("look at the mount of", response);
    }
    const version = isObject(data.options) ? data.options.version : undefined;
    if (version !== "2") {
      throw deliveryFailed(
        `${this.#label} cannot be written: ${data.path} is no KV version 2 engine. Name a mount that is, or upgrade it with \`vault kv enable-versioning\`.`,
      );
    }
    return data.path;
  }

  #refused(act: string, response: HttpResponse) {
    return deliveryFailed(
      `Vault did not ${act} ${this.#label.replace("Vault ", "")}: ${refusalOf(response)}. Check the token and its policies.`,
    );
  }
}

function bodyOf({ body }: HttpResponse): Readonly<Record<string, unknown>> {
  return body.kind === "json" && isObject(body.value) ? body.value : {};
}

function isDeleted({ versions }: Readonly<Record<string, unknown>>, version: number): boolean {
  const told = isObject(versions) ? versions[String(version)] : undefined;
  return (
    isObject(told) &&
    (told.destroyed === true || (typeof told.deletion_time === "string" && told.deletion_time !== ""))
  );
}

/** The members of an object that are text, or those that are not. */
function members(data: unknown, areTexts: boolean): Record<string, unknown> {
  if (!isObject(data)) return {};
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => (typeof value === "string") === areTexts),
  );
}

function encodePath(text: string): string {
  return text.split("/").map(encodeURIComponent).join("/");
}
