import type { z } from "zod";
import type { FieldDefinition, FieldPlaces, Form } from "./definition";
import type { FieldType, field, fields } from "./schema/field";
import type { ResponsePlace } from "./schema/place";

type WrittenField = z.output<typeof field>;

/** Fields that have a meaning of their own, and so a type. */
const usualTypes: Readonly<Record<string, FieldType>> = {
  createdAt: "instant",
  expiresAt: "instant",
  lastUsedAt: "instant",
  active: "boolean",
};

/** Fields that every service's keys have unless the definition says otherwise. */
const usualFields = { id: {}, name: { input: "optional" }, value: {} } as const;

/** A definition's fields with all that they leave to their defaults. */
export function completeFields(written: z.output<typeof fields>): Record<string, FieldDefinition> {
  const named = Object.entries({ ...usualFields, ...written }).flatMap(([name, field]) => {
    if (field === null) return [];
    // What is placed or typed is otherwise what is usual.
    const usually = Object.hasOwn(usualFields, name) ? usualFields[name as keyof typeof usualFields] : {};
    const own = typeof field === "string" ? { wire: field } : field;
    return [[name, completeField(name, { ...usually, ...own } as WrittenField)] as const];
  });
  return Object.fromEntries(named);
}

function completeField(name: string, written: WrittenField): FieldDefinition {
  const type = written.type ?? (Object.hasOwn(usualTypes, name) ? usualTypes[name] : undefined) ?? "string";
  const { values, lifetimes, description: _, ...rest } = written;
  return {
    ...rest,
    type,
    wire: fieldPlaces(name, written.wire),
    ...formsOf(type, written.as),
    ...(values && {
      values: new Map(Array.isArray(values) ? values.map((v) => [v, v]) : Object.entries(values)),
    }),
    ...(lifetimes && { lifetimes: lifetimesOf(lifetimes, written.as) }),
    ...(/^lastUsed(At|From)$/.test(name) && { volatile: true }),
    evidence: written.evidence ?? "documented",
  } as FieldDefinition;
}

/** A list of lifetimes is sent as it is, unless the form of the request says otherwise. */
function lifetimesOf(
  lifetimes: NonNullable<WrittenField["lifetimes"]>,
  as: WrittenField["as"],
): ReadonlyMap<string, unknown> {
  if (!Array.isArray(lifetimes)) return new Map(Object.entries(lifetimes));
  const form = typeof as === "object" ? as.request : as;
  return new Map(lifetimes.map((text) => [text, form === undefined ? text : undefined]));
}

/** Of the operations in their order, one that is not said is as the one before it, else as the next. */
function fieldPlaces(name: string, written: WrittenField["wire"]): FieldPlaces {
  if (written === undefined || typeof written === "string" || isPlace(written)) {
    const place = written ?? name;
    // What a response has in a place of its own, a request that sends it calls by our name.
    const request = typeof place === "string" ? place : name;
    // Later answers may mask the value, and a part of a mask is no part of the value; only the id has to be found there.
    const later = isOfValue(place) && name !== "id" ? undefined : place;
    return { create: request, update: request, created: place, rotated: place, read: later, listed: later };
  }
  const { create, update, created, rotated, read, listed } = written;
  const asText = (place: unknown) => (typeof place === "string" ? place : undefined);
  const request = create ?? update ?? asText(created ?? rotated ?? read ?? listed) ?? name;
  const answer = created ?? rotated ?? read ?? listed ?? request;
  return {
    create: request,
    update: update ?? request,
    created: answer,
    rotated: rotated ?? answer,
    read: read ?? answer,
    listed: listed ?? read ?? answer,
  };
}

function isPlace(written: NonNullable<WrittenField["wire"]>): written is ResponsePlace {
  return ["at", "body", "header", "field"].some((key) => Object.hasOwn(Object(written), key));
}

function isOfValue(place: ResponsePlace): boolean {
  return typeof place === "object" && "field" in place && place.field === "value";
}

function formsOf(type: FieldType, as: WrittenField["as"]): { as?: { request: Form; response: Form } } {
  const usual = type === "instant" ? "rfc3339" : type === "strings" ? "list" : undefined;
  if (usual === undefined) return {};
  if (as === undefined || typeof as === "string")
    return { as: { request: as ?? usual, response: as ?? usual } };
  return { as: { request: as.request ?? usual, response: as.response ?? usual } };
}
