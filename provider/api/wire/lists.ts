import type { FieldDefinition } from "../../definition/definition";
import { isObject, memberOf, setMember } from "../../json/members";

type ListField = Pick<FieldDefinition, "as" | "separator" | "item" | "constants">;

/** A list of texts in a vendor's form. */
export function listToWire(texts: readonly unknown[], field: ListField): unknown {
  switch (field.as?.request) {
    case "joined":
      return texts.join(field.separator ?? ",");
    case "flags":
      return Object.fromEntries(texts.map((text) => [text, true]));
    case "lists":
      return grouped(texts, field.separator ?? ":");
    case "objects":
      return texts.map((text) => {
        const object: Record<string, unknown> = structuredClone({ ...field.constants });
        setMember(object, field.item ?? "name", text);
        return object;
      });
    default:
      return [...texts];
  }
}

/** The items of a vendor's list, each as the vendor has it, or undefined where it is none of this form. */
export function listFromWire(told: unknown, field: ListField): unknown[] | undefined {
  switch (field.as?.response) {
    case "joined":
      return typeof told === "string" ? split(told, field.separator ?? ",") : undefined;
    case "flags":
      return isObject(told) ? Object.keys(told).filter((key) => told[key] === true) : undefined;
    case "lists":
      return isObject(told) ? joined(told, field.separator ?? ":") : undefined;
    case "objects":
      return Array.isArray(told) ? told.map((item) => memberOf(item, field.item ?? "name")) : undefined;
    default:
      return Array.isArray(told) ? told : undefined;
  }
}

function grouped(texts: readonly unknown[], separator: string): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const text of texts.map(String)) {
    const at = text.indexOf(separator);
    const [group, item] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
    const items = groups.get(group) ?? [];
    if (item !== undefined) items.push(item);
    groups.set(group, items);
  }
  return Object.fromEntries(groups);
}

function joined(told: Record<string, unknown>, separator: string): unknown[] {
  return Object.entries(told).flatMap(([group, items]) => {
    if (!Array.isArray(items)) return items === true ? [group] : [];
    return items.length === 0 ? [group] : items.map((item) => `${group}${separator}${String(item)}`);
  });
}

function split(told: string, separator: string): string[] {
  return told
    .split(separator)
    .map((text) => text.trim())
    .filter((text) => text !== "");
}
