import { readFileSync } from "node:fs";
import path from "node:path";
import { documents } from "./expected";
import type { Tree } from "./places";

/** A vendor's document after an edit. */
export function editedDocument(vendor: string, edit: (document: Tree) => void): Tree {
  const document: Tree = JSON.parse(readFileSync(path.join(documents, `${vendor}.json`), "utf8"));
  edit(document);
  return document;
}

/** The object or the list at these names, which the document must have. */
export function partOf(document: Tree, ...names: readonly string[]): Tree {
  const found = names.reduce<unknown>((value, name) => Object(value)[name], document);
  if (typeof found !== "object" || found === null) throw new Error(`There is nothing at ${names.join(" ")}.`);
  return Object(found);
}

/** What stands below an operation, by its method and path as in `get /keys`. */
export function operationPart(document: Tree, title: string, ...names: readonly string[]): Tree {
  const [method = "", where = ""] = title.split(" ");
  return partOf(document, "paths", where, method, ...names);
}

/** The members of a schema that has a name. */
export function members(document: Tree, schema: string): Tree {
  return partOf(document, "components", "schemas", schema, "properties");
}

/** Gives a member that must be there another name. */
export function rename(object: Tree, from: string, to: string): void {
  take(object, from, (value) => {
    object[to] = value;
  });
}

/** Takes a member away that must be there. */
export function take(object: Tree, name: string, use: (value: unknown) => void = () => {}): void {
  if (!Object.hasOwn(object, name)) throw new Error(`There is no ${name}.`);
  use(object[name]);
  delete object[name];
}
