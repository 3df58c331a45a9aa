import type { Subject } from "./context";
import type { Properties } from "./properties";

/** What `recover` needs to find the key again, and none of the arguments that may be secret. */
export function findable({ definition, vendor, parents }: Subject, inputs: Properties): Properties {
  const { service, definition: own, connection, name, autonamed, rotatedAt } = inputs;
  return {
    ...parents,
    service,
    ...(own !== undefined && { definition: own }),
    connection,
    // Without a name, when it was made tells it from the keys of other times.
    ...(definition.fields.name ? { name, autonamed } : { rotatedAt }),
    origin: vendor.origin,
  };
}
