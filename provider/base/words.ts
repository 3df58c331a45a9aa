import { distance } from "fastest-levenshtein";

/** A name behind its article, as it is read. */
export function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
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
