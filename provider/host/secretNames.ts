import { resolveService } from "../definition/registry";
import { isObject } from "../json/members";

/** Names of the properties that are secrets at every service. */
const always: readonly string[] = ["value", "previousValue", "adoptValue"];

/** Names of a key's inputs and outputs that are secrets: those of every key, and the fields that its service declares so. */
export function secretNamesOf(properties: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  return new Set([...always, ...declaredSecrets(properties)]);
}

function declaredSecrets(properties: Readonly<Record<string, unknown>>): string[] {
  if (properties.service === undefined && properties.definition === undefined) return [];
  try {
    const { fields } = resolveService(properties);
    return Object.keys(fields).filter((name) => fields[name]?.secret);
  } catch {
    // `check` tells what is wrong with it; until then it declares what it seems to.
    return seemingSecrets(properties.definition);
  }
}

function seemingSecrets(definition: unknown): string[] {
  const fields = isObject(definition) ? definition.fields : undefined;
  if (!isObject(fields)) return [];
  return Object.entries(fields).flatMap(([name, field]) => (isObject(field) && field.secret ? [name] : []));
}
