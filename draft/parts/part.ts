/** What a document leaves open, and what stands in the draft until somebody knows. */
export interface Question {
  readonly question: string;
  readonly assumed: string;
}

/** A part of a definition, and where in the document it comes from. */
export interface Part {
  /** The names that lead to it in the definition. */
  readonly path: readonly string[];
  /** Its JSON; undefined where it is as usual, so that the definition leaves it out. */
  readonly value: unknown;
  /** What is usual of it, in words, where the definition leaves it out. */
  readonly usual?: string;
  /** JSON Pointers into the document. */
  readonly sources: readonly string[];
  readonly questions: readonly Question[];
}

/** A part, but for what it usually has not. */
export function part(
  path: readonly string[],
  value: unknown,
  sources: readonly (string | undefined)[],
  questions: readonly Question[] = [],
): Part {
  const told = sources.filter((source): source is string => source !== undefined && source !== "");
  return { path, value, sources: [...new Set(told)], questions };
}

/** An object without its members that are undefined. */
export function compact(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** The same, or undefined where nothing is left. */
export function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const left = compact(members);
  return Object.keys(left).length === 0 ? undefined : left;
}
