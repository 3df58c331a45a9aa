import { isObject } from "../../provider/json/members";

/** How wide a line of the file may be. */
const width = 108;

/** What stands in TypeScript for a JSON value: on one line where there is room. */
export function literal(value: unknown, indent: number, before: number): string {
  const short = inline(value);
  if (indent + before + short.length <= width) return short;
  const inner = " ".repeat(indent + 2);
  const outer = " ".repeat(indent);
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${literal(item, indent + 2, 1)},\n`);
    return `[\n${items.join("")}${outer}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => {
      const key = propertyName(name);
      return `${inner}${key}: ${literal(member, indent + 2, key.length + 3)},\n`;
    });
    return `{\n${members.join("")}${outer}}`;
  }
  return short;
}

/** A property's name, in quotes where it needs them. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__"
    ? name
    : name === "__proto__"
      ? '["__proto__"]'
      : text(name);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => `${propertyName(name)}: ${inline(member)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return typeof value === "string" ? text(value) : String(JSON.stringify(value));
}

/** Characters that an editor would obey or hide are escaped. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
