import type { Connections } from "../../../provider/connection/connections";
import { successions } from "../../../provider/host/operation";
import type { OperationContext } from "../../../provider/lifecycle";
import type { Vendor } from "../../../provider/vendor";
import type { ModelVendor } from "../../support/vendor/modelVendor";
import type { Requests } from "./requests";
import type { Surroundings } from "./surroundings";
import { WatchedVendor } from "./watchedVendor";

/** The world as one process sees it: what it has read and learned dies with it. */
export class ProcessWorld implements OperationContext {
  readonly connections: Connections;
  readonly creates: OperationContext["creates"];
  readonly successions = successions();
  readonly adoptions = { succeeded: new Set<string>(), takenOver: new Set<string>() };
  readonly #vendors = new Map<string, Vendor>();

  constructor(
    private readonly around: Surroundings,
    /** The vendor, as the credentials of this process's connections see it. */
    private readonly server: ModelVendor,
    private readonly requests: Requests,
  ) {
    this.connections = around.connections;
    this.creates = around.notes.journal();
  }

  now(): number {
    return this.around.clock.now;
  }

  async sleep(ms: number): Promise<void> {
    this.around.clock.now += ms;
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
