import { atPointer } from "../pointer";
import { protect } from "../redactor";
import { engineUnknown } from "../unknown";
import type { FieldDefinition, ServiceDefinition } from "./definition";
import type { Incomplete } from "./incompleteList";

/** A key as the vendor tells of it, under our names. Never holds the value, except in the answer to create. */
export interface RemoteKey {
  /** The vendor's id of the key. */
  readonly id: string;
  /** The other fields that the vendor named; `null` where it said so, absent where it said nothing. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A key at the moment of its creation, the only one at which the vendor shows the value. */
export interface CreatedKey extends RemoteKey {
  readonly value: string;
}

/** Fields that are told apart from the rest: the id has a place of its own, the value is secret. */
const apart: ReadonlySet<string> = new Set(["id", "value"]);

/** The name of a field in the vendor's JSON. */
export function wireName(name: string, field: FieldDefinition): string {
  return field.wire ?? name;
}

/** The request body that creates a key from inputs under our names. */
export function toWire(
  definition: ServiceDefinition,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = Object.entries(definition.fields).filter(
    ([name, field]) => field.input !== undefined && inputs[name] !== undefined,
  );
  return Object.fromEntries(given.map(([name, field]) => [wireName(name, field), inputs[name]]));
}

/** The key in a success, or undefined when the body holds nothing that has an id by which it could be kept. */
export function keyFromWire(definition: ServiceDefinition, document: unknown): RemoteKey | undefined {
  if (typeof document !== "object" || document === null) return undefined;
  const source = document as Record<string, unknown>;
  const id = ownText(source, wireOf(definition, "id"));
  const secret = ownText(source, wireOf(definition, "value"));
  // Ids are printed and kept in the clear.
  if (id === undefined || id === secret) return undefined;

  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(definition.fields)) {
    const wire = wireName(name, field);
    if (apart.has(name) || !Object.hasOwn(source, wire)) continue;
    const value = source[wire];
    const repeatsSecret = secret !== undefined && [value].flat().includes(secret);
    if (!repeatsSecret && (value === null || hasType(field, value))) fields[name] = value;
  }
  return { id, fields };
}

/** The one-time value in the answer to create, from here on a secret of this process; undefined when it is not there. */
export function valueFromWire(definition: ServiceDefinition, document: unknown): string | undefined {
  if (typeof document !== "object" || document === null) return undefined;
  const source = document as Record<string, unknown>;
  const value = ownText(source, wireOf(definition, "value"));
  if (value !== undefined) protect(value, ownText(source, definition.fields.prefix?.wire ?? "prefix"));
  return value;
}

/**
 * Every key in an answer to list.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when it is no list of keys: half a list would prove a live key gone
 */
export function keysFromWire(
  definition: ServiceDefinition,
  body: unknown,
  incomplete: Incomplete,
): RemoteKey[] {
  const invalid = (problem: string, pointer: string) =>
    incomplete(
      `${problem} at ${pointer === "" ? "the top of the body" : pointer}`,
      "Check the connection's base URL, and the service definition against the vendor's page.",
    );
  const items = atPointer(body, definition.envelope);
  if (!Array.isArray(items)) throw invalid("holds no list", definition.envelope);
  return items.map((item, index) => {
    const key = keyFromWire(definition, item);
    if (key === undefined) throw invalid("names no id", `${definition.envelope}/${index}`);
    return key;
  });
}

function wireOf(definition: ServiceDefinition, name: "id" | "value"): string {
  return definition.fields[name]?.wire ?? name;
}

function ownText(source: Record<string, unknown>, key: string): string | undefined {
  const value = Object.hasOwn(source, key) ? source[key] : undefined;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return isText(value) && value !== "" ? value : undefined;
}

/**
 * Text that comes back from the state as it is. The engine drops halves of surrogate pairs, so that an id would be
 * another key's; its own word for what is not known it refuses, and with it the whole answer, value and all.
 */
function isText(value: unknown): value is string {
  return typeof value === "string" && value.isWellFormed() && value !== engineUnknown;
}

/** A field that is not of its declared type says nothing that could be compared or kept, so it counts as not told. */
function hasType(field: FieldDefinition, value: unknown): boolean {
  switch (field.type) {
    case "integer":
      return Number.isSafeInteger(value);
    case "boolean":
      return typeof value === "boolean";
    case "strings":
      return Array.isArray(value) && value.every(isText);
    default:
      return isText(value);
  }
}
