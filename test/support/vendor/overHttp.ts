import { connect } from "../../../provider/api/connect";
import type { Connection } from "../../../provider/connection/connections";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { Vendor } from "../../../provider/vendor";
import { VirtualClock } from "../http/loopback";

/** A vendor over real HTTP as the provider makes it, except that nobody waits between attempts. */
export function overHttp(definition: ServiceDefinition, connection: Connection): Vendor {
  return connect(definition, connection, new VirtualClock());
}
