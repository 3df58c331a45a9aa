import type { HttpClient } from "../../http/client";
import type { HttpRequest, HttpResponse } from "../../http/request";
import { isObject } from "../../json/members";
import { fieldParts, valuePart } from "../fields";
import { deliveryFailed } from "../kind";
import { loadLibrary } from "../library";
import type { Content, Look, Receipt, Store, Written } from "../store";
import { refusalOf } from "../storeClient";
import type { GitHubTarget } from "../targets";

/** The key to which secrets of one place are encrypted. */
interface PublicKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** Scopes of a classic token, of which each place needs one. */
const scopes = { repository: ["repo", "public_repo"], organization: ["admin:org"] };

/** The secrets of one repository, environment or organization. What tells a later change is when each was updated. */
export class GitHubSecrets implements Store {
  readonly label: string;
  readonly address: string;
  readonly #path: string;
  readonly #where: string;

  constructor(
    private readonly client: HttpClient,
    private readonly keys: Map<string, Promise<PublicKey>>,
    private readonly target: GitHubTarget,
  ) {
    const { repository, environment, organization } = target;
    const owner = organization === undefined ? `/repos/${repository}` : `/orgs/${organization}`;
    this.#path =
      environment === undefined
        ? `${owner}/actions/secrets`
        : `${owner}/environments/${encodeURIComponent(environment)}/secrets`;
    this.#where =
      organization === undefined
        ? `${repository}${environment === undefined ? "" : `, environment ${environment}`}`
        : `organization ${organization}`;
    this.address = `${client.origin} ${this.#path}`;
    this.label = `GitHub Actions of ${this.#where}`;
  }

  /** GitHub tells of a fine-grained token only at the write itself whether it may do more than look. */
  async probe(): Promise<void> {
    const response = await this.#getKey();
    const granted = response.headers["x-oauth-scopes"]?.split(/,\s*/).filter((scope) => scope !== "") ?? [];
    const needed = scopes[this.target.organization === undefined ? "repository" : "organization"];
    if (granted.length > 0 && !granted.some((scope) => needed.includes(scope))) {
      throw deliveryFailed(
        `${this.label} cannot be written: the token has the scopes ${granted.join(", ")}, and needs ${needed[0]}.`,
      );
    }
    await loadSodium();
    await this.#repositoryIds();
  }

  async write(content: Content, before: Written | undefined): Promise<Receipt> {
    const receipt: Record<string, string> = {};
    for (const [name, text] of this.#valueLast(content)) {
      receipt[name] = text === null ? await this.#stays(name, before) : await this.#put(name, text);
    }
    const gone = Object.keys(before?.fields ?? {}).filter((name) => !(name in content));
    for (const name of gone) {
      try {
        await this.#removeOurs(name, before?.receipt[name]);
      } catch (error) {
        // A secret that is left over does no harm; a key that is taken back now would leave its value in the other.
        if (Object.values(content).every((text) => text === null)) throw error;
      }
    }
    return receipt;
  }

  async look({ fields, receipt }: Written): Promise<Look> {
    const looks: Look[] = [];
    for (const name of Object.keys(fields)) looks.push(lookOf(await this.#updatedAt(name), receipt[name]));
    return together(looks);
  }

  async remove({ fields, receipt }: Written): Promise<Look> {
    const looks: Look[] = [];
    for (const name of Object.keys(fields)) looks.push(await this.#removeOurs(name, receipt[name]));
    return together(looks);
  }

  /** What is overwritten cannot be put back, so that nothing else may fail once the value is. */
  #valueLast(content: Content): [string, string | null][] {
    const parts = fieldParts({ ...this.target });
    const isValue = ([name]: [string, unknown]) => parts.get(name) === valuePart;
    const entries = Object.entries(content);
    return [...entries.filter((entry) => !isValue(entry)), ...entries.filter(isValue)];
  }

  async #stays(name: string, before: Written | undefined): Promise<string> {
    const updated = await this.#updatedAt(name);
    if (updated !== undefined && updated === before?.receipt[name]) return updated;
    throw deliveryFailed(
      `${this.label} no longer holds the key as ${name}. Run \`pulumi refresh\`, then \`pulumi up\`.`,
    );
  }

  /** @returns when it was updated */
  async #put(name: string, text: string): Promise<string> {
    const { id, key } = await this.#key();
    const sodium = await loadSodium();
    const sealed = sodium.crypto_box_seal(text, key);
    const { organization, visibility = "private" } = this.target;
    const ids = await this.#repositoryIds();
    const before = await this.#updatedAt(name);
    const body = {
      encrypted_value: Buffer.from(sealed).toString("base64"),
      key_id: id,
      ...(organization !== undefined &&
        (ids === undefined ? { visibility } : { visibility: "selected", selected_repository_ids: ids })),
    };
    try {
      const response = await this.#send("PUT", `/${name}`, `write secret ${name} of`, body);
      if (response.status !== 201 && response.status !== 204) {
        throw this.#refused(`write secret ${name}`, response);
      }
    } catch (error) {
      const updated = await this.#updatedAt(name).catch(() => undefined);
      // Only the answer was lost.
      if (updated !== undefined && updated !== before) return updated;
      throw error;
    }
    // It is written, whatever becomes of the question when.
    return (await this.#updatedAt(name).catch(() => undefined)) ?? "unknown";
  }

  async #removeOurs(name: string, written: string | number | undefined): Promise<Look> {
    const look = lookOf(await this.#updatedAt(name), written);
    if (look !== "unchanged") return look;
    const response = await this.#send("DELETE", `/${name}`, `remove secret ${name} of`);
    if (response.status >= 300 && response.status !== 404) {
      throw this.#refused(`remove secret ${name}`, response);
    }
    return look;
  }

  /** Undefined where there is none. */
  async #updatedAt(name: string): Promise<string | undefined> {
    const response = await this.#send("GET", `/${name}`, `look at secret ${name} of`);
    if (response.status === 404) {
      // What a token may not see is answered in the same way as what is not there.
      await this.#key();
      return undefined;
    }
    const { updated_at } = bodyOf(response);
    if (response.status !== 200 || typeof updated_at !== "string") {
      throw this.#refused(`show secret ${name}`, response);
    }
    return updated_at;
  }

  #key(): Promise<PublicKey> {
    const known = this.keys.get(this.#path) ?? this.#askKey();
    this.keys.set(this.#path, known);
    known.catch(() => this.keys.delete(this.#path));
    return known;
  }

  async #askKey(): Promise<PublicKey> {
    const { key_id, key } = bodyOf(await this.#getKey());
    return { id: String(key_id), key: Buffer.from(String(key), "base64") };
  }

  async #getKey(): Promise<HttpResponse> {
    const response = await this.#send("GET", "/public-key", "look at");
    const { key_id, key } = bodyOf(response);
    if (response.status === 200 && typeof key_id === "string" && typeof key === "string") return response;
    throw this.#refused("show the public key", response);
  }

  /** Ids of the repositories that are named; undefined where none are. */
  async #repositoryIds(): Promise<number[] | undefined> {
    const { organization, repositories } = this.target;
    if (repositories === undefined) return undefined;
    const ids: number[] = [];
    for (const name of repositories) {
      const response = await this.client.send({
        method: "GET",
        path: `/repos/${organization}/${name}`,
        what: `look at repository ${organization}/${name}`,
      });
      const { id } = bodyOf(response);
      if (response.status !== 200 || typeof id !== "number") {
        throw this.#refused(`show repository ${organization}/${name}`, response);
      }
      ids.push(id);
    }
    return ids;
  }

  #send(method: HttpRequest["method"], rest: string, act: string, body?: unknown): Promise<HttpResponse> {
    return this.client.send({
      method,
      path: this.#path + rest,
      what: `${act} ${this.label}`,
      readsHeaders: ["x-oauth-scopes"],
      ...(body !== undefined && { body }),
    });
  }

  #refused(act: string, response: HttpResponse) {
    return deliveryFailed(
      `GitHub did not ${act} of ${this.#where}: ${refusalOf(response)}. ${remedy(response.status)}`,
    );
  }
}

function remedy(status: number): string {
  if (status === 401) return "Check GITHUB_TOKEN.";
  if (status === 403 || status === 404) {
    return "Check that it is there and that the token may read and write its secrets: GitHub answers in the same way to both.";
  }
  return "Correct the delivery, then run `pulumi up` again.";
}

function lookOf(updated: string | undefined, written: string | number | undefined): Look {
  if (updated === undefined) return "missing";
  return updated === written ? "unchanged" : "changed";
}

function together(looks: readonly Look[]): Look {
  if (looks.every((look) => look === "missing")) return "missing";
  return looks.every((look) => look === "unchanged") ? "unchanged" : "changed";
}

/** Its ECMAScript module lacks a file, so that only `require` can load it. */
async function loadSodium() {
  const sodium = await loadLibrary(
    "libsodium-wrappers",
    async () => require("libsodium-wrappers") as typeof import("libsodium-wrappers"),
  );
  await sodium.ready;
  return sodium;
}

function bodyOf({ body }: HttpResponse): Readonly<Record<string, unknown>> {
  return body.kind === "json" && isObject(body.value) ? body.value : {};
}
