import type { ServiceDefinition, ServiceDefinitionInput } from "../../../provider/definition/definition";
import { acme, parse } from "./definitions";

/** A vendor with these fields beside the usual ones. */
export function withFields(
  fields: NonNullable<ServiceDefinitionInput["fields"]>,
  more: Partial<ServiceDefinitionInput> = {},
): ServiceDefinition {
  return parse({ ...acme(), fields: { ...acme().fields, createdAt: {}, ...fields }, ...more });
}

/** A vendor that gives the id of a deleted key to a later one. */
export function reusing(): ServiceDefinition {
  const permissions = { type: "strings", input: "optional" } as const;
  return withFields({ permissions, prefix: {} }, { reusesIds: true });
}

/** A vendor that changes keys in place. */
export function changing(more: Pick<ServiceDefinitionInput, "reusesIds">): ServiceDefinition {
  const permissions = { type: "strings", input: "optional" } as const;
  const { operations } = acme();
  const update = { path: operations.revoke.path, fields: ["permissions"] };
  return withFields({ permissions, prefix: {} }, { ...more, operations: { ...operations, update } });
}

/** A vendor whose keys have no names. */
export function nameless(): ServiceDefinition {
  return withFields({ name: null, scopes: { type: "strings", input: "optional" } });
}
