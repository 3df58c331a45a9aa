/**
 * What a JSON Pointer leads to, or undefined. Only own properties count, so `/constructor` finds nothing.
 *
 * @see RFC 6901
 */
export function atPointer(document: unknown, pointer: string): unknown {
  let current = document;
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
