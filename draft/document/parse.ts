import { type Document, parseDocument, visit } from "yaml";
import { reasonOf } from "../../provider/base/errors";
import { isObject, setOwn } from "../../provider/json/members";
import { limits } from "./limits";
import { excess } from "./measure";
import { DraftError } from "./problem";

/**
 * The JSON that a text in JSON or YAML is.
 *
 * @param file what the text is called in messages
 * @throws {DraftError} with line and column, when it is neither, or more than can be read
 */
export function parse(text: string, file: string): unknown {
  const value = /^\uFEFF?\s*[{[]/.test(text) ? fromJson(text, file) : fromYaml(text, file);
  const why = excess(value);
  if (why !== undefined) throw new DraftError(`${file} cannot be read: ${why}.`);
  return value;
}

/** What begins like JSON and is none may still be YAML. */
function fromJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (/^\s*\{\s*\w+\s*:/.test(text)) return fromYaml(text, file);
    throw new DraftError(`${file} is no JSON: ${placed(reasonOf(error), text)}.`);
  }
}

/** Node says a position in characters; people look for a line. */
function placed(reason: string, text: string): string {
  const [, position] = /at position (\d+)/.exec(reason) ?? [];
  const [said = reason] = reason.split(/ (?:in JSON )?at position /);
  const what = said.replace(/, (?:\.\.\.)?".*$/s, "").replace(/ in JSON$/, "");
  const end = position === undefined ? text.length : Number(position);
  const before = text.slice(0, end).split("\n");
  return `${what}, in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function fromYaml(text: string, file: string): unknown {
  if (isDense(text)) {
    throw new DraftError(
      `${file} cannot be read: as YAML it has more values than can be read. Cut it down to the paths of the key resource and what they refer to, or give it as JSON.`,
    );
  }
  try {
    const document = parseDocument(text, { strict: false, uniqueKeys: false, logLevel: "silent" });
    const [error] = document.errors;
    if (error) {
      const [{ line, col } = { line: 1, col: 1 }] = error.linePos ?? [];
      const [what = error.message] = error.message.split(/ at line \d+/);
      const told = what.includes("call stack") ? `it is deeper than ${limits.depth} levels` : what;
      throw new DraftError(`${file} is no YAML: ${told.replace(/\.$/, "")}, in line ${line}, column ${col}.`);
    }
    if (hasManyAliases(document))
      throw new DraftError(
        `${file} cannot be read: it has more than ${limits.yamlAliases.toLocaleString("en")} aliases. Give it as JSON.`,
      );
    // Aliases become the same object; what they come to is measured afterwards.
    return withMerges(document.toJS({ maxAliasCount: -1 }), file);
  } catch (error) {
    if (error instanceof RangeError)
      throw new DraftError(`${file} cannot be read: it is deeper than ${limits.depth} levels.`);
    throw error;
  }
}

function isDense(text: string): boolean {
  let signs = 0;
  for (const _ of text.matchAll(/[\n,[{]|[-?:](?=\s)/g)) if (++signs > limits.yamlSigns) return true;
  return false;
}

function hasManyAliases(document: Document): boolean {
  let aliases = 0;
  visit(document, { Alias: () => (++aliases > limits.yamlAliases ? visit.BREAK : undefined) });
  return aliases > limits.yamlAliases;
}

/** `<<: *other` stands for the members of the other object, but for those that the object has itself. */
function withMerges(value: unknown, file: string): unknown {
  const why = excess(value);
  if (why !== undefined) throw new DraftError(`${file} cannot be read: ${why}.`);
  const done = new Map<object, unknown>();
  let copied = 0;
  const merged = (part: unknown): unknown => {
    if (typeof part !== "object" || part === null) return part;
    const known = done.get(part);
    if (known !== undefined) return known;
    if (Array.isArray(part)) {
      const items = part.map(merged);
      done.set(part, items);
      return items;
    }
    const own: Record<string, unknown> = {};
    const others = Object.hasOwn(part, "<<") ? [(part as Record<string, unknown>)["<<"]].flat() : [];
    for (const other of others.toReversed().map(merged).filter(isObject)) {
      copied += Object.keys(other).length;
      if (copied > limits.values)
        throw new DraftError(`${file} cannot be read: its merges (<<) come to more than can be read.`);
      for (const [name, member] of Object.entries(other)) setOwn(own, name, member);
    }
    for (const [name, member] of Object.entries(part)) if (name !== "<<") setOwn(own, name, merged(member));
    done.set(part, own);
    return own;
  };
  return merged(value);
}
