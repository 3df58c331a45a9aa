import type { z } from "zod";
import type { Problem } from "./problems";
import { problemsOf } from "./problems";

const maxRounds = 20;

/**
 * A definition without its mistakes, so that what is right in it can be judged as a whole: all mistakes shall be told
 * at once.
 *
 * @returns undefined where nothing is left to be judged
 */
export function repaired<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  placeholders: Readonly<Record<string, unknown>>,
): z.output<Schema> | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const copy = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
  for (let round = 0; round < maxRounds; round++) {
    const result = schema.safeParse(copy, { reportInput: true });
    if (result.success) return result.data;
    // From behind: what is taken out of a list moves up what follows.
    for (const problem of problemsOf(result.error.issues).reverse()) takeOut(copy, problem, placeholders);
  }
  return undefined;
}

/** Takes out what is wrong; where something is missing, what it is missing from. */
function takeOut(
  root: Record<string, unknown>,
  { path }: Problem,
  placeholders: Readonly<Record<string, unknown>>,
): void {
  const [first] = path;
  if (path.length === 1 && typeof first === "string" && Object.hasOwn(placeholders, first)) {
    root[first] = placeholders[first];
    return;
  }
  for (let length = path.length; length > 0; length--) {
    const parent = at(root, path.slice(0, length - 1));
    const key = path[length - 1];
    if (typeof parent !== "object" || parent === null || key === undefined || !Object.hasOwn(parent, key))
      continue;
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete (parent as Record<PropertyKey, unknown>)[key];
    return;
  }
}

function at(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (current, key) =>
      typeof current === "object" && current !== null && Object.hasOwn(current, key)
        ? (current as Record<PropertyKey, unknown>)[key]
        : undefined,
    root,
  );
}
