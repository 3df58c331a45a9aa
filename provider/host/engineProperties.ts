import { engineSignature, engineUnknown, secretSignature, unknownValue } from "../base/unknown";
import type { Properties } from "../lifecycle";
import { protect } from "../redaction/redactor";
import { secretNamesOf } from "./secretNames";

/** Properties as the engine sends and takes them. */
export type Bag = Record<string, unknown>;

/** How the engine marks a value as secret. */
export const secretMark = { [engineSignature]: secretSignature };

/** Under this name a dynamic resource's state has the text of its provider. */
export const providerKey = "__provider";

/** The engine's unknowns under our own mark; its key for this provider is none of the lifecycle's business. */
export function fromEngine(properties: Bag): Bag {
  const { [providerKey]: _, ...rest } = properties;
  for (const name of secretNamesOf(rest)) {
    for (const text of textsIn(rest[name])) protect(text, prefixIn(rest));
  }
  return mapValues(rest, (value) => (value === engineUnknown ? unknownValue : value)) as Bag;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === engineUnknown ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function prefixIn({ prefix }: Bag): string | undefined {
  return typeof prefix === "string" ? prefix : undefined;
}

/**
 * Properties as the engine can take them: an `undefined` would fail the operation after the key was created,
 * and a secret has to be marked as one.
 *
 * @param alsoSecret names of those that the program has marked. Default: none, for the engine marks them itself
 */
export function toEngine(properties: Properties, alsoSecret: ReadonlySet<string> = new Set()): Bag {
  const plain = mapValues(properties, (value) => (value === unknownValue ? engineUnknown : value)) as Bag;
  const secretNames = new Set([...secretNamesOf(properties), ...alsoSecret]);
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [
      name,
      isSecret(secretNames, name, value) ? { ...secretMark, value } : value,
    ]),
  );
}

/** What a program asked, and how the vendor says it, may be a secret, which the engine recognises under the argument's name only. */
function isSecret(secretNames: ReadonlySet<string>, name: string, value: unknown): boolean {
  if (name === "asked" || name === "rendered")
    return Object.values(value as Bag).some((said) => said !== null);
  return secretNames.has(name) && value !== engineUnknown;
}

function mapValues(value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapValues(item, leaf));
  if (typeof value !== "object" || value === null) return leaf(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [name, mapValues(item, leaf)]));
}
