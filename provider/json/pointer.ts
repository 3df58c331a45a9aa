/**
 * What a JSON Pointer leads to, or undefined. Only own properties count, so `/constructor` finds nothing.
 *
 * @see RFC 6901
 */
export function atPointer(document: unknown, pointer: string): unknown {
  let current = document;
  for (const key of pointerTokens(pointer)) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

/** The names and indices that a JSON Pointer goes along. */
export function pointerTokens(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A name as it stands in a JSON Pointer. */
export function pointerToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
