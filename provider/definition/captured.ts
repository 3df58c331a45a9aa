import type { ServiceDefinition } from "./definition";

/** Names of the variables that the response to a login tells. */
export function captured({ auth }: Pick<ServiceDefinition, "auth">): string[] {
  return auth.flatMap((scheme) => ("captures" in scheme ? Object.keys(scheme.captures ?? {}) : []));
}
