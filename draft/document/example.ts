import { isObject, setOwn } from "../../provider/json/members";
import type { Place } from "./place";
import { jsonType, Schema } from "./schema";

/** Levels of an example that are looked at. */
const levels = 6;

/** The schema that an example tells of, for documents that have examples alone. */
export function schemaOfExample(example: Place | undefined): Schema | undefined {
  if (example === undefined) return undefined;
  const value = typeof example.value === "string" ? parsed(example.value) : example.value;
  return typeof value === "object" && value !== null
    ? Schema.of(example.standing(inferred(value, levels)))
    : undefined;
}

function inferred(value: unknown, depth: number): Record<string, unknown> {
  const type = jsonType(value);
  if (depth === 0) return { type };
  if (Array.isArray(value)) return { type, items: value.length === 0 ? {} : inferred(value[0], depth - 1) };
  if (!isObject(value)) return { ...(value !== null && { type }), example: value };
  const properties: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) setOwn(properties, name, inferred(member, depth - 1));
  return { type, properties };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
