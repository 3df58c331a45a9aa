import type { HttpRequest } from "./request";

const firstBackoffMs = 500;
const longestBackoffMs = 15_000;
const retriedStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Whether sending a request twice has the effect of sending it once.
 *
 * @see RFC 9110, section 9.2.2
 */
export function isIdempotent(method: HttpRequest["method"]): boolean {
  return method === "GET" || method === "PUT" || method === "DELETE";
}

/** Whether a status says that the request was turned away before anything was done with it. */
export function isTurnedAway(status: number): boolean {
  return status === 401 || status === 429;
}

/** Whether an answer of this status is worth another attempt. */
export function isRetried(status: number, idempotent: boolean): boolean {
  // A 503 may come from a proxy whose upstream has acted; a rate limiter has let nothing through.
  return status === 429 || (idempotent && retriedStatuses.has(status));
}

/**
 * Milliseconds to wait before the next attempt, with full jitter: callers that failed together must not come
 * back together.
 *
 * @param failures attempts that have failed so far, at least 1
 * @param random from 0 up to 1
 */
export function backoffMs(failures: number, random: number): number {
  return Math.round(random * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (failures - 1)));
}

/**
 * Milliseconds that a Retry-After asks for, or undefined when it is absent or malformed.
 *
 * @param value the header: seconds, or an HTTP date
 * @param date the same answer's Date: where it is known, our own clock may be wrong
 * @param now milliseconds since the epoch
 * @see RFC 9110, section 10.2.3
 */
export function retryAfterMs(
  value: string | undefined,
  date: string | undefined,
  now: number,
): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const until = httpDateMs(value);
  return until === undefined ? undefined : Math.max(0, until - (httpDateMs(date) ?? now));
}

/** The weekday tells a date from "12.5", which Date.parse takes for the fifth of December. */
function httpDateMs(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
  // asctime's form has no zone, and means GMT.
  const ms = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}
