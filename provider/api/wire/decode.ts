import { engineUnknown } from "../../base/unknown";
import type { FieldDefinition } from "../../definition/definition";
import type { InstantForm } from "../../definition/schema/field";
import { valueFromWire } from "./encode";
import { instantFromWire } from "./instants";
import { listFromWire } from "./lists";

/**
 * A field's value under our type; `null` where the vendor tells that there is none, and undefined for what is not of
 * the declared type: it says nothing that could be compared or kept, so it counts as not told.
 */
export function fromWireValue(field: FieldDefinition, told: unknown): unknown {
  if (told === undefined) return undefined;
  if (field.type === "instant") {
    if (field.never !== undefined && told === field.never) return null;
    return instantFromWire(told, (field.as?.response ?? "rfc3339") as InstantForm);
  }
  if (told === null && valueFromWire(field, null) === null) return null;
  switch (field.type) {
    case "integer":
      return numberFrom(valueFromWire(field, told), Number.isSafeInteger);
    case "number":
      return numberFrom(valueFromWire(field, told), Number.isFinite);
    case "boolean":
      return booleanFrom(valueFromWire(field, told));
    case "strings": {
      const texts = listFromWire(told, field)?.map((item) => valueFromWire(field, item));
      return texts?.every(isText) ? texts : undefined;
    }
    case "json":
      return isStorable(told) ? told : undefined;
    default: {
      const value = valueFromWire(field, told);
      return isText(value) ? value : undefined;
    }
  }
}

/**
 * Text that comes back from the state as it is. The engine drops halves of surrogate pairs, so that an id would be
 * another key's; its own word for what is not known it refuses, and with it the whole response, value and all.
 */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value.isWellFormed() && value !== engineUnknown;
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return isText(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => isText(key) && isStorable(item));
}

function numberFrom(told: unknown, fits: (number: unknown) => boolean): number | undefined {
  const number = typeof told === "string" && told.trim() !== "" ? Number(told) : told;
  return fits(number) ? (number as number) : undefined;
}

function booleanFrom(told: unknown): boolean | undefined {
  if (typeof told === "boolean") return told;
  if (told === 1 || told === "true") return true;
  return told === 0 || told === "false" ? false : undefined;
}
