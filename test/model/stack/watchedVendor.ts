import { ApiKeysError } from "../../../provider/base/errors";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { CreatedKey, PathParameters, RemoteKey, Revocation, Vendor } from "../../../provider/vendor";
import type { ModelKey, ModelVendor } from "../../support/vendor/modelVendor";
import type { Ledger } from "./ledger";
import { isKey } from "./owned";
import type { Requests } from "./requests";
import { isMadeUp } from "./service";

/** The vendor as one provider process sees it through one connection: over a bad line, with a memory for lists. */
export class WatchedVendor implements Vendor {
  readonly origin: string;
  readonly list?: NonNullable<Vendor["list"]>;
  readonly listVisible?: NonNullable<Vendor["listVisible"]>;
  readonly completeList?: NonNullable<Vendor["completeList"]>;
  readonly get?: NonNullable<Vendor["get"]>;
  readonly update?: NonNullable<Vendor["update"]>;
  readonly tenant?: NonNullable<Vendor["tenant"]>;
  readonly #lists = new Map<string, Promise<readonly RemoteKey[]>>();
  #showsPart = false;
  /** Lists that show only a part of the keys. */
  readonly #cut = new WeakSet<readonly RemoteKey[]>();

  constructor(
    private readonly definition: ServiceDefinition,
    private readonly server: ModelVendor,
    private readonly ledger: Ledger,
    private readonly requests: Requests,
  ) {
    const { list, get, update, tenant } = server;
    this.origin = server.origin;
    if (list) {
      const complete = async (keys: readonly RemoteKey[]) => {
        if (this.#cut.has(keys))
          throw new ApiKeysError("RESPONSE_INVALID", "There are more keys than the list shows.");
        return keys;
      };
      this.listVisible = (pathParameters, freshness) => this.#list(pathParameters, freshness);
      this.list = async (pathParameters, freshness) => complete(await this.#list(pathParameters, freshness));
      this.completeList = (_, keys) => complete(keys);
    }
    if (get) this.get = (...args) => this.#read("get", () => get(...args));
    if (update) {
      this.update = (pathParameters, known, ...asked) => {
        this.#lists.clear();
        return this.#read("get", async () => {
          const told = await update(pathParameters, known, ...asked);
          this.ledger.changed(this.server.key(String(known.keyId)));
          return told;
        });
      };
    }
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
      this.ledger.made(this.#keyOf(created));
      if (fate?.how === "lost after commit") throw lost;
      return created;
    });
    this.ledger.told(this.#keyOf(answer));
    return answer;
  }

  /** The vendor's key that a response to create tells of. */
  #keyOf({ id, value }: CreatedKey): ModelKey {
    const found = this.server.keys.find((key) => isKey({ id, value, fingerprint: undefined }, key));
    if (!found) throw new Error(`The model has not created ${id}.`);
    return found;
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
    const list = this.requests.send("list", async (fate) => {
      if (fate === "fails") throw problem(503);
      const keys = (await this.server.list?.(pathParameters, freshness)) ?? [];
      this.#showsPart ||= fate === "cut";
      this.ledger.listed(this.#showsPart);
      if (!this.#showsPart) return keys;
      const part = keys.slice(0, keys.length / 2);
      this.#cut.add(part);
      return part;
    });
    this.#lists.set(place, list);
    list.catch(() => this.#lists.get(place) === list && this.#lists.delete(place));
    return list;
  }

  #read<T>(kind: "get" | "tenant", act: () => Promise<T>): Promise<T> {
    return this.requests.send(kind, async (fate) => {
      if (fate === "fails") throw problem(503);
      return act();
    });
  }

  /** At a vendor that lets a new key displace another, nobody could tell who was first. */
  #rival(pathParameters: PathParameters, inputs: Readonly<Record<string, unknown>>): void {
    const { displaces } = this.server;
    if (this.definition.kind === "singleton" && (displaces || this.server.isOccupied(pathParameters))) return;
    this.server.issue(pathParameters, isMadeUp(inputs.name) ? { ...inputs, name: "theirs" } : inputs);
  }
}

function problem(status: number): ApiKeysError {
  return new ApiKeysError("HTTP_PROBLEM", `HTTP ${status}.`);
}
