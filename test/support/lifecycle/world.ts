import { Connections } from "../../../provider/connection/connections";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import { acme, parse } from "../vendor/definitions";
import { ModelVendor } from "../vendor/modelVendor";
import { type CreateJournal, type OperationContext, OperationMemory, type Properties } from "./lifecycle";
import { ModelStores } from "./modelStores";

export const start = Date.parse("2026-06-01T12:00:00Z");
export const day = 86_400_000;

/** A program's connections: one of each service's own name, a second login, and a second server. */
const connections = {
  ...Object.fromEntries(
    ["xentree", "applications", "acme"].map((name) => [
      name,
      { baseUrl: "https://vendor.example", token: "t" },
    ]),
  ),
  sendkit: { baseUrl: "https://vendor.example", apiKey: "sk_user_1" },
  second: { baseUrl: "https://vendor.example", token: "t2" },
  elsewhere: { baseUrl: "https://elsewhere.example", token: "t3" },
};

/** A world of models, whose clock only the test moves. */
export class ModelWorld implements OperationContext {
  connections = new Connections(JSON.stringify(connections), {});
  /** Creates that have begun and not ended, by what finds their keys. */
  readonly noted = new Set<Properties>();
  /** What the creates came to whose notes were struck out. */
  readonly outcomes: string[] = [];
  private readonly creates: CreateJournal = {
    begin: async (what) => {
      this.noted.add(what);
      return {
        end: (outcome) => {
          this.noted.delete(what);
          this.outcomes.push(outcome);
        },
      };
    },
    unfinished: async () => [],
  };
  memory = new OperationMemory(this.creates);
  readonly stores = new ModelStores();
  readonly server: ModelVendor;
  /** What a connection of this name leads to; the others lead to `server`. */
  readonly behind: Record<string, ModelVendor> = {};
  time = start;
  #suffixes = 0;

  constructor(readonly definition: ServiceDefinition = parse(acme())) {
    this.server = new ModelVendor(definition, () => this.time);
  }

  now(): number {
    return this.time;
  }

  async sleep(ms: number): Promise<void> {
    this.time += ms;
  }

  suffix(): string {
    this.#suffixes++;
    return String(this.#suffixes).padStart(7, "0");
  }

  /** Ids of keys that the user has revoked though they are used. */
  readonly revokedThoughUsed = new Set<string>();

  isRevokedThoughUsed(keyId: string): boolean {
    return this.revokedThoughUsed.has(keyId);
  }

  vendor: OperationContext["vendor"] = (_, connection) => this.behind[connection.name] ?? this.server;
}
