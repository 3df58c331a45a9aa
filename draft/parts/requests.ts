import { setOwn } from "../../provider/json/members";
import type { Operation } from "../document/operation";
import type { Schema } from "../document/schema";
import type { Resource } from "../find/resource";
import { plain } from "../find/words";
import type { Addresses } from "./addresses";
import { createdWords, type Member, membersOf, pointerOf, usedWords } from "./members";

/** What a request's body takes. */
export interface Request {
  readonly operation: Operation;
  readonly encoding: "json" | "form";
  /** Where the fields are. */
  readonly envelope: string;
  /** The fields that a program may set. */
  readonly members: readonly (Member & { readonly required: boolean })[];
  /** What is sent beside them: constants, the id of the key, and what it belongs to. */
  readonly body: Record<string, unknown> | undefined;
}

/** The requests that have fields of a key. */
export interface Requests {
  readonly create: Request;
  readonly updates: readonly Request[];
}

export function requestsOf(resource: Resource, addresses: Addresses): Requests {
  const { create, updates } = resource;
  return {
    create: requestOf(create, addresses, undefined),
    updates: updates.map((update) => requestOf(update, addresses, resource.keyVariable ?? "id")),
  };
}

/** A request's fields, without what says again what the path says. */
function requestOf(operation: Operation, addresses: Addresses, keyVariable: string | undefined): Request {
  const schema = operation.body?.schema;
  const path = schema ? envelopeOf(schema) : [];
  const inner = path.reduce<Schema | undefined>((outer, name) => outer?.properties.get(name), schema);
  const required = requiredIn(inner);
  const members = membersOf(inner).map((member) => ({
    ...member,
    required: required.has(member.at) || says(member.schema, /\bthis is a required field\b/i),
  }));
  const constants: Record<string, unknown> = {};
  const fields = members.filter((member) => {
    const { name, schema: own, at } = member;
    // Documents made of other formats have no keyword for it, and say it in words.
    const isReadOnly = own.flag("readOnly") || says(own, /\bread-?only field\b/i);
    if (isReadOnly || isVendorsOwn(member.word)) return false;
    const constant = constantOf(own);
    const parent = addresses.parents.find(({ variable, name: ours }) =>
      [plain(variable), plain(ours)].includes(plain(name)),
    );
    const isKey =
      keyVariable !== undefined &&
      (plain(name) === plain(keyVariable) || /^(id|keyid|tokenid|apikeyid)$/.test(plain(name)));
    if (parent || isKey) {
      if (member.required && !at.startsWith("/"))
        setOwn(constants, name, parent ? `{${parent.name}}` : "{keyId}");
      return false;
    }
    if (constant === undefined) return true;
    if (member.required && !at.startsWith("/")) setOwn(constants, name, constant);
    return !member.required && own.values === undefined;
  });
  const body = Object.keys(constants).length === 0 ? undefined : constants;
  return {
    operation,
    encoding: operation.body?.encoding ?? "json",
    envelope: pointerOf(path),
    members: fields,
    body:
      body && path.toReversed().reduce<Record<string, unknown>>((whole, name) => ({ [name]: whole }), body),
  };
}

/** Whether it is the vendor that says it, though the request takes the whole object. */
function isVendorsOwn(word: string): boolean {
  return (
    createdWords.test(word) ||
    usedWords.test(word) ||
    /^(updatedat|updated|modifiedat|lastmodifiedat)$/.test(word)
  );
}

/** The names that lead to the object of the fields: through what is the only member and an object. */
function envelopeOf(schema: Schema): readonly string[] {
  const [[name, inner] = ["", undefined], ...others] = schema.properties;
  if (others.length > 0 || !inner || inner.properties.size === 0 || name === "attributes") return [];
  return [name, ...envelopeOf(inner)];
}

function requiredIn(schema: Schema | undefined): ReadonlySet<string> {
  const attributes = schema?.properties.get("attributes");
  return new Set([
    ...(schema?.required ?? []),
    ...[...(attributes?.required ?? [])].map((name) => pointerOf(["attributes", name])),
  ]);
}

function constantOf(schema: Schema): unknown {
  const [only, ...others] = schema.values ?? [];
  // Braces would be a variable of the definition.
  const isText = typeof only === "string" && !/[{}]/.test(only);
  return others.length === 0 && (isText || typeof only === "number" || typeof only === "boolean")
    ? only
    : undefined;
}

/** The field that names a key in requests: the likeliest, if any. */
export function nameIn<M extends Member>(members: readonly M[]): M | undefined {
  const order = [
    "name",
    "label",
    "title",
    "displayname",
    "keyname",
    "tokenname",
    "apikeyname",
    "friendlyname",
    "alias",
    "nickname",
    "description",
    "note",
    "notes",
    "comment",
  ];
  const texts = members.filter(({ schema }) => schema.types.length === 0 || schema.types.includes("string"));
  const found = order.flatMap((word) => texts.find((member) => member.word === word) ?? []);
  return found[0];
}

function says(schema: Schema, words: RegExp): boolean {
  return words.test(schema.text("description") ?? "");
}
