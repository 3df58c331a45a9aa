import { randomBytes, randomUUID } from "node:crypto";
import type { Expected } from "./expected";
import { momentOf, written, writtenLike } from "./moments";
import { at, lastOf, propertyOf, put, type Tree } from "./places";
import { isNullable, propertiesOf, type Schema, sample, typeOf } from "./samples";

/** A key in the vendor's memory. */
export interface RememberedKey {
  readonly id: string;
  value: string;
  /** The variables of the path that it was created under. */
  readonly parents: Readonly<Record<string, string>>;
  /** Its object, under the vendor's names. */
  readonly wire: Tree;
  /** What its object has for an expiry that is never; nothing where the expiry is then left out. */
  readonly never: unknown;
  /** Milliseconds; nothing for never. */
  expiresAt: number | undefined;
  revoked: boolean;
}

export interface Issue {
  readonly expected: Expected;
  /** The schema of a key's object, and an example of it. */
  readonly schema: Schema;
  readonly example: Tree;
  readonly asked: Tree;
  readonly parents: Readonly<Record<string, string>>;
  readonly now: number;
  readonly number: number;
}

/** Makes a key of what a request asks for; what it leaves open is as in the document's example. */
export function issue({ expected, schema, example, asked, parents, now, number }: Issue): RememberedKey {
  const { listed } = expected;
  const idSchema = propertiesOf(schema)[propertyOf(listed.id)];
  const id = newId(expected, idSchema, number);
  const value = newValue();
  const wire: Tree = structuredClone(example);
  for (const [name, property] of Object.entries(propertiesOf(schema))) {
    if (Object.hasOwn(parents, name)) wire[name] = parents[name];
    else if (property.format === "date-time" || property.format === "unixtime") {
      wire[name] = isNullable(property) ? null : writtenLike(wire[name], now);
    }
    // An example of a moment when a key ended is no part of a living one.
    if (/^(deleted|revoked|disabled)(_at|_on|At)$/.test(name)) delete wire[name];
  }
  if (listed.createdAt) {
    const { moments } = expected;
    const created = moments ? written(now, moments) : writtenLike(at(wire, listed.createdAt), now);
    put(wire, listed.createdAt, created);
  }
  if (listed.lastUsedAt && isNullable(propertiesOf(schema)[propertyOf(listed.lastUsedAt)] ?? {})) {
    put(wire, listed.lastUsedAt, null);
  }
  if (listed.name && expected.name) put(wire, listed.name, asked[expected.name] ?? "");
  put(wire, listed.id, expected.idType === "integer" ? Number(id) : id);
  const never = neverOf(expected, schema);
  const key: RememberedKey = { id, value, parents, wire, never, expiresAt: undefined, revoked: false };
  showMask(key, expected);
  expire(key, expected, undefined);
  change(key, expected, asked, now);
  return key;
}

/** Changes what a request names, where the vendor tells it. */
export function change(key: RememberedKey, expected: Expected, asked: Tree, now: number): void {
  const { expiresAt } = expected;
  for (const [name, value] of Object.entries(asked)) {
    if (name === expiresAt?.request) {
      const isNever = value === expiresAt.never;
      expire(key, expected, isNever ? undefined : momentOf(value, expiresAt.requestForm, now));
    } else if (Object.hasOwn(key.wire, name)) key.wire[name] = value;
  }
  for (const name of Object.keys(key.wire)) {
    if (/^updated/.test(name)) key.wire[name] = writtenLike(key.wire[name], now);
  }
}

/** Gives a key another value. */
export function renew(key: RememberedKey, expected: Expected): void {
  key.value = newValue();
  showMask(key, expected);
}

function expire(key: RememberedKey, { expiresAt }: Expected, moment: number | undefined): void {
  key.expiresAt = moment;
  if (!expiresAt?.response) return;
  const told = moment === undefined ? key.never : written(moment, expiresAt.responseForm ?? "rfc3339");
  put(key.wire, expiresAt.response, told);
}

function neverOf({ expiresAt }: Expected, schema: Schema): unknown {
  if (typeof expiresAt?.never === "number") return expiresAt.never;
  const property = propertiesOf(schema)[propertyOf(expiresAt?.response ?? "")];
  return property && isNullable(property) ? null : undefined;
}

/** Later answers have a part of the value: in a field of its own, or where the answer to create has it whole. */
function showMask({ value, wire }: RememberedKey, { listed, value: place }: Expected): void {
  if (listed.prefix) put(wire, listed.prefix, `${value.slice(0, 8)}...${value.slice(-3)}`);
  if (Object.hasOwn(wire, lastOf(place))) wire[lastOf(place)] = value.slice(0, 16);
}

/** An id of the form of the document's example. */
function newId({ idType }: Expected, schema: Schema | undefined, number: number): string {
  if (idType === "integer" || (schema && typeOf(schema) === "integer")) return String(1_000 + number);
  if (schema?.format === "uuid") return randomUUID();
  const example = String((schema && sample(schema)) ?? "");
  const start = example.slice(0, example.lastIndexOf("_") + 1);
  const length = example.length - start.length;
  return `${start}${randomBytes(32)
    .toString("hex")
    .slice(0, length < 8 ? 16 : length)}`;
}

function newValue(): string {
  return `live_${randomBytes(24).toString("hex")}`;
}
