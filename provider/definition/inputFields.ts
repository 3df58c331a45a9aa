import type { ServiceDefinition } from "./definition";

/** Names of the vendor's fields that a program can set. */
export function inputFields({ fields }: Pick<ServiceDefinition, "fields">): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.input !== undefined);
}
