/** An object of JSON. */
export type Tree = Record<string, unknown>;

/** What stands at a JSON Pointer. */
export function at(tree: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>(
    (value, segment) => (value as Tree | undefined)?.[segment],
    tree,
  );
}

/**
 * Puts a value at a JSON Pointer, into objects and arrays that are made where they are missing.
 *
 * @returns the tree, or the value where the pointer is that of the whole
 */
export function put(tree: unknown, pointer: string, value: unknown): unknown {
  const [segment, ...rest] = segmentsOf(pointer);
  if (segment === undefined) return value;
  const missing = /^\d+$/.test(segment) ? [] : {};
  const inner = (tree ?? missing) as Tree;
  const below = rest.map((name) => `/${name}`).join("");
  if (value === undefined && below === "") delete inner[segment];
  else inner[segment] = put(inner[segment], below, value);
  return inner;
}

/** The pointer's first segment: the property of an object that a value is in. */
export function propertyOf(pointer: string): string {
  return segmentsOf(pointer)[0] ?? "";
}

export function lastOf(pointer: string): string {
  return segmentsOf(pointer).at(-1) ?? "";
}

function segmentsOf(pointer: string): string[] {
  return pointer.split("/").slice(1);
}
