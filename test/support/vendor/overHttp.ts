import { connect } from "../../../provider/api/connect";
import type { Connection } from "../../../provider/connection/connections";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { CreatedKey, Vendor } from "../../../provider/vendor";
import { VirtualClock } from "../http/loopback";

/** A vendor over real HTTP, as in the provider, except that waits between attempts take no time. */
export function overHttp(definition: ServiceDefinition, connection: Connection): Vendor {
  return connect(definition, connection, new VirtualClock());
}

/** A vendor whose responses to create tell the key's id. */
export interface IdentifyingVendor extends Vendor {
  create(...args: Parameters<Vendor["create"]>): Promise<CreatedKey>;
}

/** The same vendor; a response to create without the key's id fails the test. */
export function identifying(vendor: Vendor): IdentifyingVendor {
  return {
    ...vendor,
    async create(...args) {
      const created = await vendor.create(...args);
      if (created.id === undefined) throw new Error("The response to create tells no id.");
      return created;
    },
  };
}
