const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

export const [hourMs, dayMs] = [unitMs.h, unitMs.d];

/** Milliseconds by which our clock and a vendor's, or another machine's, may differ without harm. */
export const clockSkewMs = 5 * unitMs.m;

/** Form of a duration: a whole number and one unit, of seconds, minutes, hours, days or weeks. */
export const durationPattern = /^([1-9]\d{0,8})(s|m|h|d|w)$/;

/** A hundred years: beyond them a date soon has no RFC 3339 form. */
const longestMs = 36_500 * unitMs.d;

/** RFC 3339 with a zone; a date without one means another moment on every machine. */
const instantPattern = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** Milliseconds in a duration such as "90d", or undefined when it is none or longer than a hundred years. */
export function durationMs(text: unknown): number | undefined {
  const match = typeof text === "string" ? durationPattern.exec(text) : null;
  const ms = match ? Number(match[1]) * unitMs[match[2] as keyof typeof unitMs] : undefined;
  return ms !== undefined && ms <= longestMs ? ms : undefined;
}

/** A duration in the longest unit, up to days, of which it is a whole number. */
export function durationText(ms: number): string {
  const unit = (["d", "h", "m"] as const).find((name) => ms % unitMs[name] === 0) ?? "s";
  return `${ms / unitMs[unit]}${unit}`;
}

/**
 * Milliseconds since the epoch of an RFC 3339 date and time, or undefined when it is none.
 *
 * @see RFC 3339, section 5.6
 */
export function instantMs(text: unknown): number | undefined {
  const date = typeof text === "string" ? instantPattern.exec(text)?.[1] : undefined;
  if (typeof text !== "string" || date === undefined || !isCalendarDate(date)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Whether a moment is over; one that is not known is not. */
export function passed(momentMs: number | undefined, nowMs: number): boolean {
  return momentMs !== undefined && momentMs <= nowMs;
}

/** `Date.parse` takes the 30th of February for the 2nd of March. */
function isCalendarDate(date: string): boolean {
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

/** RFC 3339 in UTC, in whole seconds: what every vendor accepts and keeps as it is. */
export function instantText(epochMs: number): string {
  return new Date(Math.floor(epochMs / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
}
