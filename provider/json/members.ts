import { atPointer, pointerTokens } from "./pointer";

/** A property's name, or a JSON Pointer where it begins with a slash. */
export type Member = string;

type JsonObject = Record<string, unknown>;

/** What stands at a name or a pointer of a JSON value, or undefined. */
export function memberOf(source: unknown, member: Member): unknown {
  if (member.startsWith("/")) return atPointer(source, member);
  return isObject(source) && Object.hasOwn(source, member) ? source[member] : undefined;
}

/** Puts something at a name or a pointer, making the objects on the way there. */
export function setMember(target: JsonObject, member: Member, value: unknown): void {
  const tokens = memberTokens(member);
  let current = target;
  for (const token of tokens.slice(0, -1)) {
    const next = Object.hasOwn(current, token) ? current[token] : undefined;
    const inner: JsonObject = isObject(next) ? next : {};
    setOwn(current, token, inner);
    current = inner;
  }
  setOwn(current, tokens.at(-1) ?? "", value);
}

/** The names that lead to a member, one within the other. */
export function memberTokens(member: Member): string[] {
  return member.startsWith("/") ? pointerTokens(member) : [member];
}

/** The JSON object that a text is, or undefined where it is none. */
export function parsedObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Like an assignment, but for `__proto__`, which is a name like any other in JSON. */
export function setOwn(target: JsonObject, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The entries of an object that a predicate keeps, without those that are undefined. */
export function pick<Source extends object>(
  source: Source,
  keep: (name: string) => boolean,
): Partial<Source> {
  const kept = Object.entries(source).filter(([name, value]) => value !== undefined && keep(name));
  return Object.fromEntries(kept) as Partial<Source>;
}

/** An object without some of its properties. */
export function omit<Source extends object, Name extends keyof Source>(
  source: Source,
  ...names: readonly Name[]
): Omit<Source, Name> {
  const left = new Set<PropertyKey>(names);
  return Object.fromEntries(Object.entries(source).filter(([name]) => !left.has(name))) as Omit<Source, Name>;
}
