import { instantMs, instantText } from "../base/time";

/** What counts as a year that is none: some vendors tell "never" by the beginning of their calendar. */
const firstYear = 1971;

/** RFC 3339 without its zone; or with a blank for the T. */
const zoneless = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?$/;
/** As mail and HTTP have dates (RFC 5322, RFC 9110), such as "Tue, 24 Nov 2026 15:00:00 +0000". */
const mailDate = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})$/;
const dateOnly = /^\d{4}-\d\d-\d\d$/;

/** Numbers below are seconds since the epoch, and those above milliseconds: this is beyond the year 9999, or in 1985. */
const secondsEnd = 500_000_000_000;

/** Whether a value is one by which vendors say that there is no such moment. */
export function isNever(told: unknown): boolean {
  return told === null || told === "" || (typeof told === "string" && /^(never|none|0|-1)$/i.test(told));
}

/** The number that a value is, or has as its text. */
export function numberOf(told: unknown): number | undefined {
  if (typeof told === "number") return told;
  return typeof told === "string" && /^-?\d+(\.\d+)?$/.test(told) ? Number(told) : undefined;
}

/** RFC 3339 text of milliseconds since the epoch; `null` where they stand for never. */
export function momentOfEpoch(epochMs: number): string | null {
  if (epochMs <= 0) return null;
  const inRange = epochMs < Date.parse("9999-12-31T23:59:59Z");
  return inRange ? instantText(epochMs) : null;
}

/** RFC 3339 text of a text in one of the forms that vendors have; `null` where it stands for never, undefined where it is none. */
export function momentOfText(told: unknown): string | null | undefined {
  if (typeof told !== "string") return undefined;
  if (mailDate.test(told)) return momentOfEpoch(Date.parse(told));
  const [, date, minutes, seconds = ":00"] = zoneless.exec(told) ?? [];
  const whole =
    date !== undefined ? `${date}T${minutes}${seconds}Z` : dateOnly.test(told) ? `${told}T00:00:00Z` : told;
  const spelt = /^\d{4}-\d\d-\d\d /.test(whole)
    ? whole
        .replace(" ", "T")
        .replace(/ ?UTC$/, "Z")
        .replace(/ (?=[+-])/, "")
    : whole;
  // RFC 3339 wants minutes and a colon in the zone, which ISO 8601 and PostgreSQL do not.
  const zoned = spelt.replace(
    /(:\d\d(?:\.\d+)?[+-]\d\d)(\d\d)?$/,
    (_, hours, minutes = "00") => `${hours}:${minutes}`,
  );
  const epochMs = instantMs(zoned);
  if (epochMs === undefined) return undefined;
  return new Date(epochMs).getUTCFullYear() < firstYear ? null : zoned;
}

/** RFC 3339 text of a moment in any form, `null` for never, or undefined for what is no moment. */
export function momentOf(told: unknown): string | null | undefined {
  if (isNever(told)) return null;
  const number = numberOf(told);
  if (number === undefined) return momentOfText(told);
  return momentOfEpoch(number < secondsEnd ? number * 1_000 : number);
}
