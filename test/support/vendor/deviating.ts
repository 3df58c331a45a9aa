import type { ServiceDefinition, ServiceDefinitionInput } from "../../../provider/definition/definition";
import { acme, parse } from "./definitions";

/** A vendor with these fields beside the usual ones. */
export function withFields(
  fields: NonNullable<ServiceDefinitionInput["fields"]>,
  more: Partial<ServiceDefinitionInput> = {},
): ServiceDefinition {
  return parse({ ...acme(), fields: { ...acme().fields, createdAt: {}, ...fields }, ...more });
}

/** A vendor whose keys have no names. */
export function nameless(): ServiceDefinition {
  return withFields({ name: null, scopes: { type: "strings", input: "optional" } });
}
