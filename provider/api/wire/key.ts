import { instantMs } from "../../base/time";
import type { FieldDefinition, ServiceDefinition } from "../../definition/definition";
import { isLifetime, lifetimeUnitMs } from "../../definition/instantForms";
import { toldBy } from "../../json/conditions";
import { protect } from "../../redaction/redactor";
import type { CreatedKey, RemoteKey, UnidentifiedKey } from "../../vendor";
import { fromWireValue, isText } from "./decode";
import { instantFromWire } from "./instants";
import { type Source, toldAt } from "./places";

/** Fields that are told apart from the rest: the id has a place of its own, the value is secret. */
const apart: ReadonlySet<string> = new Set(["id", "value"]);

/** In characters: a shorter text, such as a mask, may stand in others by chance. */
const shortestSecret = 16;

/** The key in a success, or undefined when there is nothing that has an id by which it could be kept. */
export function keyFromWire(definition: ServiceDefinition, source: Source): RemoteKey | undefined {
  const id = identifier(toldAt(definition.fields, "id", source));
  // Ids are printed and kept in the clear.
  const secret = secretText(definition, source);
  if (id === undefined || id === secret) return undefined;
  const key = { id, fields: fieldsFromWire(definition, source) };
  const place = definition.fields.id?.wire[source.answer];
  if (secret !== undefined && typeof place === "object" && "field" in place && place.field === "value") {
    protect(secret);
    secretsTold.set(key, secret);
  }
  return key;
}

/** Where a list shows whole values and a key is known by its value alone: for requests that have to name it so. */
const secretsTold = new WeakMap<RemoteKey, string>();

/** The value by which a listed key is named; undefined where its id does not come of it. */
export function secretTold(key: RemoteKey): string | undefined {
  return secretsTold.get(key);
}

/**
 * The key in the response to create or rotate, its value from here on a secret of this process. Undefined when the value
 * is not there.
 */
export function createdFromWire(
  definition: ServiceDefinition,
  source: Source,
): CreatedKey | UnidentifiedKey | undefined {
  const value = secretText(definition, source);
  if (value === undefined) return undefined;
  const { id, fields } = keyFromWire(definition, source) ?? {
    id: undefined,
    fields: fieldsFromWire(definition, source),
  };
  const published = [fields.prefix, id].filter((text) => typeof text === "string" && value.startsWith(text));
  protect(value, (published as string[]).sort((a, b) => b.length - a.length)[0]);
  for (const [name, field] of Object.entries(definition.fields)) {
    const secret = field.secret ? fields[name] : undefined;
    if (typeof secret === "string") protect(secret);
  }
  return { id, fields, value } as CreatedKey | UnidentifiedKey;
}

function fieldsFromWire(definition: ServiceDefinition, source: Source): Record<string, unknown> {
  const secret = secretText(definition, source);
  const told: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(definition.fields)) {
    if (apart.has(name) || isKeptBack(field, source)) continue;
    const value = field.when
      ? toldBy(field.when, source.item)
      : fromWireValue(field, toldAt(definition.fields, name, source));
    const repeatsSecret = secret !== undefined && !field.secret && holds(value, secret);
    if (value !== undefined && !repeatsSecret) told[name] = value;
  }
  for (const [name, field] of Object.entries(definition.fields)) {
    const end = lifetimeEnd(field, toldAt(definition.fields, name, source), told);
    if (end !== undefined) told[name] = end;
  }
  return told;
}

/** When a lifetime ends that counts from another field; undefined for all that is none. */
function lifetimeEnd({ countsFrom, as }: FieldDefinition, lifetime: unknown, told: RemoteKey["fields"]) {
  const form = as?.response ?? "";
  const beganMs = countsFrom && instantMs(told[countsFrom]);
  const units = typeof lifetime === "string" && lifetime !== "" ? Number(lifetime) : lifetime;
  if (beganMs === undefined || !isLifetime(form) || typeof units !== "number" || !(units > 0))
    return undefined;
  return instantFromWire(beganMs + units * lifetimeUnitMs[form], "epoch-milliseconds");
}

/** Whether a secret stands anywhere in a value; what is as short as a mask, only as the whole of a text. */
function holds(value: unknown, secret: string): boolean {
  if (typeof value === "string")
    return secret.length < shortestSecret ? value === secret : value.includes(secret);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, item]) => holds(key, secret) || holds(item, secret));
}

/** What a vendor masks, or shows once, is not to be believed later. */
function isKeptBack({ writeOnly, secret, input }: FieldDefinition, { answer }: Source): boolean {
  return (
    writeOnly === true ||
    (secret === true && input === undefined && answer !== "created" && answer !== "rotated")
  );
}

function secretText(definition: ServiceDefinition, source: Source): string | undefined {
  const told = toldAt(definition.fields, "value", source);
  return isText(told) && told !== "" ? told : undefined;
}

function identifier(told: unknown): string | undefined {
  if (typeof told === "number" && Number.isSafeInteger(told)) return String(told);
  return isText(told) && told !== "" ? told : undefined;
}
