import type { Connection } from "../../../provider/connections";
import { createAuthenticator } from "../../../provider/http/auth";
import { HttpClient } from "../../../provider/http/client";
import type { Vendor } from "../../../provider/lifecycle/vendor";
import type { ServiceDefinition } from "../../../provider/service/definition";
import { httpVendor } from "../../../provider/service/vendor";
import { VirtualClock } from "../../http/support";

/** A vendor over real HTTP as the provider makes it, except that nobody waits between attempts. */
export function overHttp(definition: ServiceDefinition, connection: Connection): Vendor {
  const { name, baseUrl, credentials } = connection;
  const service = definition.title;
  const http = new HttpClient({
    connection: name,
    service,
    baseUrl,
    clock: new VirtualClock(),
    auth: (transport) =>
      createAuthenticator({
        definitions: definition.auth,
        credentials,
        connection: name,
        service,
        transport,
      }),
  });
  return httpVendor(definition, connection, http);
}
