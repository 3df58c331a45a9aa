import { clockSkewMs } from "../../base/time";

/**
 * Milliseconds that a Retry-After asks for, or undefined when it is absent or malformed.
 *
 * @param value the header: seconds, or an HTTP date
 * @param date the same answer's Date, by which our own clock may be wrong
 * @param now milliseconds since the epoch, by our own clock
 * @param longestMs that will be waited for. Without the server's Date, a date that our clock alone makes too far
 *   away counts as this
 * @see RFC 9110, section 10.2.3
 */
export function retryAfterMs(
  value: string | undefined,
  date: string | undefined,
  now: number,
  longestMs: number,
): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1_000, Number.MAX_SAFE_INTEGER);
  const until = httpDateMs(value);
  if (until === undefined) return undefined;
  const sent = httpDateMs(date);
  if (sent !== undefined) return Math.max(0, until - sent);
  const wait = Math.max(0, until - now);
  return wait > longestMs && wait <= longestMs + clockSkewMs ? longestMs : wait;
}

/** The weekday tells a date from "12.5", which Date.parse takes for the fifth of December. */
function httpDateMs(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
  // asctime's form has no zone, and means GMT.
  const ms = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}
