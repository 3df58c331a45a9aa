import type { Schema } from "../document/schema";

/** What a document says of a place in JSON: its schema, nothing at all, or that there is no such place. */
export type Found =
  | { readonly is: "told"; readonly schema: Schema }
  | { readonly is: "untold" }
  /** With the schema that lacks the name. */
  | { readonly is: "gone"; readonly within: Schema };

/** Where names lead in a schema. A `*` or a number leads to the items of a list. */
export function placeIn(schema: Schema | undefined, names: readonly string[]): Found {
  if (!schema) return { is: "untold" };
  const [name, ...rest] = names;
  if (name === undefined) return { is: "told", schema };
  const { items, properties } = schema;
  const inner = properties.get(name) ?? (/^(\*|\d+)$/.test(name) ? items : undefined);
  if (inner) return placeIn(inner, rest);
  // A schema without members may have any.
  const isOpen = !items && properties.size === 0 && schema.types.every((type) => type === "object");
  return isOpen ? { is: "untold" } : { is: "gone", within: schema };
}
