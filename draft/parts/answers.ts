import type { Operation } from "../document/operation";
import type { Schema } from "../document/schema";
import type { Resource } from "../find/resource";
import { plain } from "../find/words";
import { type Member, membersOf, pointerOf } from "./members";

/** Where a response has a key. */
export interface Answer {
  readonly operation: Operation;
  /** The whole response. */
  readonly whole: Schema;
  /** The names that lead to the key's object, or to the list of keys. */
  readonly path: readonly string[];
  readonly envelope: string;
  /** What is in the key's object, or in each item of the list. */
  readonly members: readonly Member[];
}

/** Where each response has a key; undefined where the document says nothing of it. */
export interface Answers {
  readonly created: Answer | undefined;
  readonly listed: Answer | undefined;
  readonly read: Answer | undefined;
  readonly updated: readonly (Answer | undefined)[];
  readonly rotated: Answer | undefined;
  /** Whether the list is one of bare texts. */
  readonly listsTexts: boolean;
}

/** Levels below which no key is looked for. */
const levels = 3;

export function answersOf(resource: Resource): Answers {
  const { create, list, get, updates, rotate } = resource;
  const listed = list && listAnswer(list, resource.keyVariable);
  const known = new Set((listed?.members ?? []).map(({ word }) => word));
  const one = (operation: Operation | undefined) =>
    operation && keyAnswer(operation, resource.keyVariable, known);
  return {
    created: one(create),
    listed,
    read: one(get),
    updated: updates.map(one),
    rotated: one(rotate),
    listsTexts: listed !== undefined && listed.members.length === 0 && isListOfTexts(listed),
  };
}

/** Whether a member is the id, of which paths have a variable of some name; the more the likelier. */
export function idScore(
  { word, schema }: Pick<Member, "word" | "schema">,
  variable: string | undefined,
): number {
  const { types } = schema;
  if (types.length > 0 && !types.some((type) => /string|integer|number/.test(type))) return 0;
  const wanted = plain(variable ?? "id");
  if (word === wanted && wanted !== "name") return 10;
  if (word === "id") return 9;
  if (wanted === "name" && word === "name") return 10;
  const tail = /(uuid|guid|sid|id|identifier|accessor|name|slug|prefix)$/.exec(wanted)?.[1];
  if (tail !== undefined && tail !== "id" && word === tail) return 8;
  if (
    /^(uuid|uid|guid|sid|identifier|keyid|tokenid|apikeyid|accesstokenid|apitokenid|accesskeyid|clientid|key_?uuid|keyuuid)$/.test(
      word,
    )
  )
    return 7;
  return word.endsWith(wanted) && wanted.length > 2 ? 5 : 0;
}

function keyAnswer(
  operation: Operation,
  variable: string | undefined,
  known: ReadonlySet<string>,
): Answer | undefined {
  const whole = operation.success?.schema;
  if (!whole) return undefined;
  const [best] = objectsIn(whole, [], levels)
    .map((found) => ({ ...found, score: likeness(found.members, variable, known) - found.path.length }))
    .toSorted((a, b) => b.score - a.score || a.path.length - b.path.length);
  const { path, members } = best ?? { path: [], members: [] };
  return { operation, whole, path, envelope: pointerOf(path), members };
}

function listAnswer(operation: Operation, variable: string | undefined): Answer | undefined {
  const whole = operation.success?.schema;
  if (!whole) return undefined;
  const [best] = listsIn(whole, [], levels)
    .map((found) => ({ ...found, score: likeness(found.members, variable, new Set()) - found.path.length }))
    .toSorted((a, b) => b.score - a.score || a.path.length - b.path.length);
  return best && { operation, whole, path: best.path, envelope: pointerOf(best.path), members: best.members };
}

interface Found {
  readonly path: readonly string[];
  readonly members: readonly Member[];
}

function objectsIn(schema: Schema, path: readonly string[], depth: number): Found[] {
  const item = schema.items;
  if (item && depth > 0) return objectsIn(item, [...path, "0"], depth - 1);
  const own = { path, members: membersOf(schema) };
  if (depth === 0) return [own];
  const inner = [...schema.properties].flatMap(([name, member]) =>
    name !== "attributes" && (member.properties.size > 0 || member.items !== undefined)
      ? objectsIn(member, [...path, name], depth - 1)
      : [],
  );
  return [own, ...inner];
}

function listsIn(schema: Schema, path: readonly string[], depth: number): Found[] {
  if (schema.items) {
    // Each item may have the key in an object of its own.
    const inner = [...schema.items.properties].filter(
      ([name, member]) => name !== "attributes" && member.properties.size > 0,
    );
    return [
      { path, members: membersOf(schema.items) },
      ...inner.map(([name, member]) => ({ path: [...path, "*", name], members: membersOf(member) })),
    ];
  }
  if (depth === 0) return [];
  return [...schema.properties].flatMap(([name, member]) => listsIn(member, [...path, name], depth - 1));
}

/** How much an object looks like a key. */
function likeness(
  members: readonly Member[],
  variable: string | undefined,
  known: ReadonlySet<string>,
): number {
  const id = Math.max(0, ...members.map((member) => idScore(member, variable)));
  const usual = members.filter(({ word }) =>
    /^(name|label|title|createdat|created|expiresat|lastusedat|token|key|value|secret|scopes|permissions)$/.test(
      word,
    ),
  );
  const shared = members.filter(({ word }) => known.has(word));
  return id + 2 * usual.length + 2 * shared.length;
}

function isListOfTexts({ whole, path }: Answer): boolean {
  const list = path.reduce<Schema | undefined>((schema, name) => schema?.properties.get(name), whole);
  return list?.items?.is("string") === true;
}
