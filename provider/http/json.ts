import type { HttpBody } from "./request";

/** Levels of nesting; no key API needs ten, and code that walks deeper values may run out of stack. */
const maxDepth = 64;

/** What a body of bytes turned out to be, or why it cannot be read. */
export type Decoded = HttpBody | { readonly kind: "broken"; readonly problem: string };

/**
 * Reads a whole body.
 *
 * A body that is a JSON object or array counts as JSON under any label: vendors mislabel, and a value that is
 * shown once must not be lost to a wrong Content-Type.
 *
 * @see RFC 8259
 */
export function decodeBody(bytes: Uint8Array, contentType: string): Decoded {
  const labelled = /^[^;]*[/+]json\s*(;|$)/i.test(contentType);
  const other: Decoded = { kind: "other", contentType };
  const broken = (problem: string): Decoded => (labelled ? { kind: "broken", problem } : other);

  let text: string;
  try {
    // A replacement character inside a key would be a key that does not work.
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return broken("is not UTF-8, or is compressed in a way that cannot be read");
  }
  const start = text.trimStart()[0];
  if (start === undefined) return { kind: "empty" };
  if (!labelled && start !== "{" && start !== "[") {
    const word = text.trim();
    return /^text\/plain\b/i.test(contentType) && !/\s/.test(word) ? { ...other, word } : other;
  }
  if (isDeeperThan(maxDepth, text)) return broken(`is nested deeper than ${maxDepth} levels`);
  try {
    return { kind: "json", value: JSON.parse(text, revive as Parameters<typeof JSON.parse>[1]) };
  } catch {
    return broken("is labelled as JSON but is none");
  }
}

/**
 * A value as JSON. A `bigint` becomes a number with all of its digits: rounded, the id of a key would be another key's.
 *
 * @param indent spaces per level. Default: all on one line
 * @example
 * jsonText({ id: 9007199254740993n }); // {"id":9007199254740993}
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, item) => (typeof item === "bigint" ? rawJson(String(item)) : item),
    indent,
  );
}

/** @see https://tc39.es/proposal-json-parse-with-source/ */
function rawJson(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}

function revive(key: string, value: unknown, context: { source?: string }): unknown {
  // A later copy with `target[key] = value` would set the target's prototype.
  if (key === "__proto__") return undefined;
  // Rounded, a large id would be the id of another key.
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return context.source !== undefined && /^-?\d+$/.test(context.source) ? context.source : value;
  }
  return value;
}

/** Counted before parsing: a reviver calls itself for each level, and 16 MiB of brackets exhaust the stack. */
function isDeeperThan(limit: number, text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted && character === "\\") index++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "{" || character === "[") {
      if (++depth > limit) return true;
    } else if (character === "}" || character === "]") depth--;
  }
  return false;
}
