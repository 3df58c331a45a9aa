import { type Clock, systemClock } from "../base/clock";
import { type Connection, originOf } from "../connection/connections";
import type { ServiceDefinition } from "../definition/definition";
import { Throttle } from "../http/pacing/throttle";
import { completePolicy } from "../http/policy";
import type { Vendor } from "../vendor";
import { connect } from "./connect";

/**
 * The vendors of one engine operation. A program may use a connection for several services, and while a user's
 * definition is being changed its old and its new form are two: what the server asks of one holds for all.
 */
export class Vendors {
  // A service's definition is one object for all its keys, so that it need not be compared for each of them.
  readonly #vendors = new Map<ServiceDefinition, Map<string, Vendor>>();
  readonly #throttles = new Map<string, Throttle>();

  /** @param clock by which is waited between attempts; default: the system's */
  constructor(private readonly clock: Clock = systemClock) {}

  /**
   * The one vendor of this definition and connection.
   *
   * @throws {ApiKeysError} CONFIGURATION for credentials that must not or cannot be used
   */
  get(definition: ServiceDefinition, connection: Connection): Vendor {
    const byConnection = this.#vendors.get(definition) ?? new Map<string, Vendor>();
    this.#vendors.set(definition, byConnection);
    const vendor =
      byConnection.get(connection.name) ??
      connect(definition, connection, this.clock, this.#throttleOf(connection));
    byConnection.set(connection.name, vendor);
    return vendor;
  }

  /** One connection may lead each service to the service's own address. */
  #throttleOf(connection: Connection): Throttle {
    const key = JSON.stringify([connection.name, originOf(connection)]);
    const throttle = this.#throttles.get(key) ?? new Throttle(this.clock, completePolicy(connection.policy));
    this.#throttles.set(key, throttle);
    return throttle;
  }
}
