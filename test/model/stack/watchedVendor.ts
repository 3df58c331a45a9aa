import { ApiKeysError } from "../../../provider/base/errors";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { CreatedKey, PathParameters, RemoteKey, Revocation, Vendor } from "../../../provider/vendor";
import type { ModelVendor } from "../../support/vendor/modelVendor";
import type { Ledger } from "./ledger";
import type { Requests } from "./requests";

/** The vendor as one provider process sees it through one connection: over a bad line, with a memory for lists. */
export class WatchedVendor implements Vendor {
  readonly origin: string;
  readonly list?: NonNullable<Vendor["list"]>;
  readonly get?: NonNullable<Vendor["get"]>;
  readonly tenant?: NonNullable<Vendor["tenant"]>;
  readonly #lists = new Map<string, Promise<readonly RemoteKey[]>>();

  constructor(
    private readonly definition: ServiceDefinition,
    private readonly server: ModelVendor,
    private readonly ledger: Ledger,
    private readonly requests: Requests,
  ) {
    const { list, get, tenant } = server;
    this.origin = server.origin;
    if (list) this.list = (pathParameters, freshness) => this.#list(pathParameters, freshness);
    if (get) this.get = (...args) => this.#read("get", () => get(...args));
    if (tenant) this.tenant = () => this.#read("tenant", () => tenant());
  }

  async create(
    pathParameters: PathParameters,
    inputs: Readonly<Record<string, unknown>>,
  ): Promise<CreatedKey> {
    const answer = await this.requests.send("create", async (fate) => {
      const lost = new ApiKeysError("OUTCOME_UNKNOWN", "The connection broke before the answer came.");
      if (fate?.rival) this.#rival(pathParameters, inputs);
      if (fate?.how === "refused") throw problem(422);
      if (fate?.how === "lost before commit") throw lost;
      this.server.lagMs = fate?.lagMs ?? 0;
      const created = await this.#watched(() => this.server.create(pathParameters, inputs)).finally(() => {
        this.server.lagMs = 0;
      });
      this.ledger.made(this.server.key(created.id));
      if (fate?.how === "lost after commit") throw lost;
      return created;
    });
    this.ledger.told(this.server.key(answer.id));
    return answer;
  }

  revoke(pathParameters: PathParameters, keyId: string): Promise<Revocation> {
    this.#lists.clear();
    return this.requests.send("revoke", async (fate) => {
      if (fate === "unproven") return "unproven";
      if (fate === "fails before commit") throw problem(403);
      const outcome = await this.#watched(() => this.server.revoke(pathParameters, keyId));
      if (fate === "fails after commit") throw problem(503);
      return outcome;
    });
  }

  /** Whatever the path names, the ledger gets the keys that are gone. */
  async #watched<T>(act: () => Promise<T>): Promise<T> {
    const before = this.server.keys.filter(({ live }) => live);
    const ofUse = new Set(before.filter((key) => this.server.opens(key)));
    const answer = await act();
    for (const key of before) if (!key.live) this.ledger.revoked(key, ofUse.has(key));
    return answer;
  }

  #list(pathParameters: PathParameters, freshness: "shared" | "fresh"): Promise<readonly RemoteKey[]> {
    const place = JSON.stringify(pathParameters);
    const known = freshness === "shared" ? this.#lists.get(place) : undefined;
    if (known) return known;
    const list = this.#read("list", async () => (await this.server.list?.(pathParameters, freshness)) ?? []);
    this.#lists.set(place, list);
    list.catch(() => this.#lists.get(place) === list && this.#lists.delete(place));
    return list;
  }

  #read<T>(kind: "list" | "get" | "tenant", act: () => Promise<T>): Promise<T> {
    return this.requests.send(kind, async (fate) => {
      if (fate === "fails") throw problem(503);
      return act();
    });
  }

  /** At a vendor that lets a new key displace another, nobody could tell who was first. */
  #rival(pathParameters: PathParameters, { name }: Readonly<Record<string, unknown>>): void {
    const { displaces } = this.server;
    if (this.definition.kind === "singleton" && (displaces || this.server.isOccupied(pathParameters))) return;
    // A name with a suffix of ours was made up, and nobody else has it.
    const isMadeUp = /-[0-9a-f]{7}$/.test(String(name));
    this.server.issue(pathParameters, { name: isMadeUp ? "theirs" : name });
  }
}

function problem(status: number): ApiKeysError {
  return new ApiKeysError("HTTP_PROBLEM", `HTTP ${status}.`);
}
