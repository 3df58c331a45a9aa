const lifetimes: Readonly<Record<string, number>> = {
  "lifetime-milliseconds": 1,
  "lifetime-seconds": 1_000,
  "lifetime-minutes": 60_000,
  "lifetime-hours": 3_600_000,
  "lifetime-days": 86_400_000,
};

/** The moment that a request asks for, in milliseconds; nothing for what stands for never. */
export function momentOf(asked: unknown, form: string, now: number): number | undefined {
  const unit = lifetimes[form];
  if (asked === null || asked === undefined) return undefined;
  if (unit !== undefined) return now + Number(asked) * unit;
  if (form === "epoch-seconds") return Number(asked) * 1_000;
  if (form === "epoch-milliseconds") return Number(asked);
  return Date.parse(form === "utc" ? `${asked}Z` : String(asked));
}

/** A moment in one of the forms in which documents write them. */
export function written(ms: number, form: string): string | number {
  const text = new Date(ms).toISOString();
  if (form === "epoch-seconds") return Math.floor(ms / 1_000);
  if (form === "epoch-milliseconds") return ms;
  if (form === "utc") return text.slice(0, 19);
  if (form === "date") return text.slice(0, 10);
  return form === "blank" ? text.replace("T", " ").replace("Z", "+00") : text;
}

/** A moment in the form of an example. */
export function writtenLike(example: unknown, ms: number): string | number {
  if (typeof example === "number")
    return written(ms, example > 1e11 ? "epoch-milliseconds" : "epoch-seconds");
  const text = String(example);
  if (/^\d{4}-\d\d-\d\d \d/.test(text)) return written(ms, "blank");
  return written(ms, /T\d\d:\d\d:\d\d$/.test(text) ? "utc" : "rfc3339");
}
