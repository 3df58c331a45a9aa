import { createAuthenticator } from "../auth";
import { type Clock, systemClock } from "../base/clock";
import type { Connection } from "../connection/connections";
import type { ServiceDefinition } from "../definition/definition";
import { HttpClient } from "../http/client";
import type { Throttle } from "../http/pacing/throttle";
import type { Vendor } from "../vendor";
import { httpVendor } from "./httpVendor";
import type { Observer } from "./operations/calls";

/**
 * The vendor of a definition, as one connection sees it. Sends nothing yet.
 *
 * @param clock by which is waited between attempts; default: the system's
 * @param throttle shared with the connection's other services; default: one of its own
 * @param observe sees each response before it is judged; default: nobody does
 * @throws {ApiKeysError} CONFIGURATION for a base URL or credentials that must not or cannot be used
 */
export function connect(
  definition: ServiceDefinition,
  connection: Connection,
  clock: Clock = systemClock,
  throttle?: Throttle,
  observe?: Observer,
): Vendor {
  const { name, baseUrl, authBaseUrl, credentials, policy, network } = connection;
  const service = definition.title;
  const http = new HttpClient({
    connection: name,
    service,
    baseUrl,
    policy,
    ...(network && { network }),
    clock,
    ...(throttle && { throttle }),
    auth: (transport) =>
      createAuthenticator({
        definitions: definition.auth,
        credentials,
        authBaseUrl,
        connection: name,
        service,
        transport,
      }),
  });
  return httpVendor(definition, connection, http, clock, observe);
}
