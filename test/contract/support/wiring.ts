import type { Connection } from "../../../provider/connections";
import type { Vendor } from "../../../provider/lifecycle/vendor";
import { connect } from "../../../provider/service/connect";
import type { ServiceDefinition } from "../../../provider/service/definition";
import { VirtualClock } from "../../http/support";

/** A vendor over real HTTP as the provider makes it, except that nobody waits between attempts. */
export function overHttp(definition: ServiceDefinition, connection: Connection): Vendor {
  return connect(definition, connection, new VirtualClock());
}
