import type { Connections } from "../../../provider/connection/connections";
import type { Vendor } from "../../../provider/vendor";
import { type OperationContext, OperationMemory } from "../../support/lifecycle/lifecycle";
import type { ModelStores } from "../../support/lifecycle/modelStores";
import type { ModelVendor } from "../../support/vendor/modelVendor";
import type { Requests } from "./requests";
import type { Surroundings } from "./surroundings";
import { watchedStores } from "./watchedStores";
import { WatchedVendor } from "./watchedVendor";

/** The world as one process sees it: what it has read and learned dies with it. */
export class ProcessWorld implements OperationContext {
  readonly connections: Connections;
  readonly memory: OperationMemory;
  readonly stores: ModelStores;
  readonly #vendors = new Map<string, Vendor>();

  constructor(
    private readonly around: Surroundings,
    /** The vendor, as the credentials of this process's connections see it. */
    private readonly server: ModelVendor,
    private readonly requests: Requests,
  ) {
    this.connections = around.connections;
    this.stores = watchedStores(around.stores, requests);
    this.memory = new OperationMemory(around.notes.journal());
  }

  now(): number {
    return this.around.clock.now;
  }

  async sleep(ms: number): Promise<void> {
    this.around.clock.now += ms;
  }

  isRevokedThoughUsed(): boolean {
    return false;
  }

  suffix(): string {
    return this.around.suffix();
  }

  vendor: OperationContext["vendor"] = (definition, { name }) => {
    const { server, requests, around } = this;
    const known = this.#vendors.get(name) ?? new WatchedVendor(definition, server, around.ledger, requests);
    this.#vendors.set(name, known);
    return known;
  };
}
