import { isDeepStrictEqual } from "node:util";
import { distance } from "fastest-levenshtein";
import type { FieldDefinition } from "./service/definition";
import { instantMs } from "./time";
import { hasUnknown } from "./unknown";

/** Whether two values of a field mean the same: sets regardless of order, times as moments. */
export function sameField(field: Pick<FieldDefinition, "type" | "set">, a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(canonical(field, a), canonical(field, b));
}

function canonical(field: Pick<FieldDefinition, "type" | "set">, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  // A vendor may keep fewer digits than it was given; nobody means to change a key by less than a second.
  const ms = field.type === "instant" ? instantMs(value) : undefined;
  if (ms !== undefined) return Math.floor(ms / 1_000);
  if (field.set && Array.isArray(value) && !hasUnknown(value)) return [...new Set(value)].sort();
  return value;
}

/** The candidate that a mistyped name most likely means, if any is close. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: { name: string; edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits <= Math.max(1, Math.floor(candidate.length / 3)) && edits < (best?.edits ?? Infinity)) {
      best = { name: candidate, edits };
    }
  }
  return best?.name;
}

/** `; did you mean "…"?`, or nothing where no candidate is close. */
export function nearestHint(name: string, candidates: Iterable<string>): string {
  const near = nearestName(name, candidates);
  return near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
}
