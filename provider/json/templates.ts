/** Names of the variables in an RFC 6570 level 1 template, in order; whatever stands in braces is meant for one. */
export function pathVariables(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");
}

/** Names of the variables in any other text, where braces may also be braces. */
export function templateVariables(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

/** Every text in a JSON value, with the path that leads to it. */
export function* textsIn(
  value: unknown,
  path: readonly PropertyKey[] = [],
): Iterable<[string, readonly PropertyKey[]]> {
  if (typeof value === "string") yield [value, path];
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    yield* textsIn(item, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** Names of the variables in all texts of a JSON value, in order. */
export function variablesIn(value: unknown): string[] {
  return [...textsIn(value)].flatMap(([text]) => templateVariables(text));
}

/** The variable that a text is, with nothing beside it; it stands for a value of any type. */
export function soleVariable(template: string): string | undefined {
  return /^\{(\w+)\}$/.exec(template)?.[1];
}
