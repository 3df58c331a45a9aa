import type { PolicedKey } from "./policedKey";

const permissionName =
  /(permission|scope|role|action|abilit(y|ie)|privilege|grant|capabilit(y|ie)|claim|accessRule)s?$/i;

const addressName =
  /^(allowed|permitted|trusted|source|client)?(ips?|ip_?address(es)?|ip_?ranges?|ip_?allow_?list|cidrs?|cidr_?blocks?|addresses)$/i;

/** The texts of each argument that says what a key may do, by its name. Default: known by their names. */
export function permissionsOf(
  key: PolicedKey,
  alsoNamed: readonly string[],
): [name: string, texts: string[]][] {
  const names = key.names.filter((name) => permissionName.test(name) || alsoNamed.includes(name));
  return names.map((name) => [name, textsIn(key.json(name))]);
}

/**
 * The texts of each argument that says from where a key may be used, by its name; of one that is not given, none. Of a
 * service whose definition is not seen, those that are given.
 */
export function addressesOf(
  key: PolicedKey,
  alsoNamed: readonly string[],
): [name: string, texts: string[]][] {
  const isNamed = (name: string) => addressName.test(name) || alsoNamed.includes(name);
  const declared = Object.entries(key.definition?.fields ?? {}).filter(
    ([name, { format, input }]) => input !== undefined && (format === "ip-range" || isNamed(name)),
  );
  const names = new Set([...declared.map(([name]) => name), ...key.names.filter(isNamed)]);
  return [...names].map((name) => [name, textsIn(key.json(name))]);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
