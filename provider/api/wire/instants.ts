import { instantMs, instantText } from "../../base/time";
import { isLifetime, lifetimeUnitMs } from "../../definition/instantForms";
import type { InstantForm } from "../../definition/schema/field";

/** What counts as a year that is none: some vendors tell "never" by the beginning of their calendar. */
const firstYear = 1971;

/** RFC 3339 without its zone; or with a blank for the T. */
const zoneless = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?$/;
/** As mail and HTTP have dates (RFC 5322, RFC 9110), such as "Tue, 24 Nov 2026 15:00:00 +0000". */
const mailDate = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})$/;
const dateOnly = /^\d{4}-\d\d-\d\d$/;

/**
 * A moment in a vendor's form. Where the form is coarser it ends before the moment and not after.
 *
 * @param lifetimeMs how long it is until then, if that is what the program has said
 */
export function instantToWire(
  text: string,
  form: InstantForm,
  nowMs: number,
  lifetimeMs?: number,
): string | number {
  const epochMs = instantMs(text);
  if (epochMs === undefined) return text;
  if (isLifetime(form)) {
    const ms = lifetimeMs ?? epochMs - nowMs;
    return Math.max(1, Math.floor(ms / lifetimeUnitMs[form]));
  }
  switch (form) {
    case "utc":
      return instantText(epochMs).replace("Z", "");
    case "date":
      return instantText(epochMs).slice(0, 10);
    case "epoch-seconds":
      return Math.floor(epochMs / 1_000);
    case "epoch-milliseconds":
      return epochMs;
    default:
      return text;
  }
}

/**
 * RFC 3339 text of what a vendor tells, `null` for never, or undefined for what is none of this form. Texts without a
 * zone are in UTC; a number may be text.
 */
export function instantFromWire(told: unknown, form: InstantForm): string | null | undefined {
  if (told === null || told === "" || isNever(told)) return null;
  // How long it was until then nobody knows any more.
  if (isLifetime(form)) return undefined;
  const numeric = typeof told === "number" ? told : isNumeric(told) ? Number(told) : undefined;
  if (form === "epoch-seconds" || form === "epoch-milliseconds") {
    if (numeric === undefined) return fromText(told);
    return fromEpoch(form === "epoch-seconds" ? numeric * 1_000 : numeric);
  }
  return fromText(told);
}

function fromEpoch(epochMs: number): string | null | undefined {
  if (epochMs <= 0) return null;
  const inRange = epochMs < Date.parse("9999-12-31T23:59:59Z");
  return inRange ? instantText(epochMs) : null;
}

function fromText(told: unknown): string | null | undefined {
  if (typeof told !== "string") return undefined;
  if (mailDate.test(told)) return fromEpoch(Date.parse(told));
  const [, date, minutes, seconds = ":00"] = zoneless.exec(told) ?? [];
  const whole =
    date !== undefined ? `${date}T${minutes}${seconds}Z` : dateOnly.test(told) ? `${told}T00:00:00Z` : told;
  const spelt = /^\d{4}-\d\d-\d\d /.test(whole)
    ? whole
        .replace(" ", "T")
        .replace(/ ?UTC$/, "Z")
        .replace(/ (?=[+-])/, "")
    : whole;
  // RFC 3339 wants a colon in the zone, which ISO 8601 does not.
  const zoned = spelt.replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
  const epochMs = instantMs(zoned);
  if (epochMs === undefined) return undefined;
  return new Date(epochMs).getUTCFullYear() < firstYear ? null : zoned;
}

/** What vendors say where there is no such moment. */
function isNever(told: unknown): boolean {
  return typeof told === "string" && /^(never|none|0|-1)$/i.test(told);
}

function isNumeric(told: unknown): boolean {
  return typeof told === "string" && /^-?\d+(\.\d+)?$/.test(told);
}
