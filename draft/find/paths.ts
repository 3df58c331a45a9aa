import { plain, singular } from "./words";

/**
 * The segments of a path, without an empty one or a format at its end. What names a method, as in `keys.create` or
 * `keys:create`, is a segment of its own.
 */
export function segmentsOf(path: string): string[] {
  const segments = path.replace(/\.(json|xml)$/, "").split("/");
  return segments
    .flatMap((segment) => segment.split(/[.:](?=[a-z]+\w*$)/i))
    .filter((segment) => segment !== "");
}

/** Whether a segment is one variable and nothing else. */
export function isVariable(segment: string | undefined): segment is string {
  return segment !== undefined && /^\{[^{}]+\}$/.test(segment);
}

/** The name of the variable that a segment is. */
export function variableName(segment: string): string {
  return segment.slice(1, -1);
}

/** The segments that are no variables, in one spelling and number. */
export function nounsOf(segments: readonly string[]): string[] {
  return segments.filter((segment) => !isVariable(segment)).map((segment) => singular(plain(segment)));
}

/** Whether some words are all among others, in the same order. */
export function isWithin(words: readonly string[], others: readonly string[]): boolean {
  let found = 0;
  for (const other of others) if (other === words[found]) found++;
  return found === words.length;
}

const createVerbs = /^(create|new|generate|issue|add|mint|gen)(api|access)?(key|token)?$/;

/** The segments of the collection that a path makes something in: without a verb at its end. */
export function collectionOf(path: string): string[] {
  const segments = segmentsOf(path);
  const last = segments.at(-1) ?? "";
  return segments.length > 1 && createVerbs.test(plain(last)) ? segments.slice(0, -1) : segments;
}
