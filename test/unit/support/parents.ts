import type { ServiceDefinition } from "../../../provider/service/definition";

const somewhere = { uuid: "123e4567-e89b-12d3-a456-426614174000", text: "ws_production" };

/** A place for a key of any service. */
export function parentsOf(definition: ServiceDefinition): Record<string, string> {
  return Object.fromEntries(
    Object.entries(definition.parents).map(([name, { format }]) => [name, somewhere[format ?? "text"]]),
  );
}
