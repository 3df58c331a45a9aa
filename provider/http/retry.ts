import type { Clock } from "../base/clock";
import type { Outcome } from "./attempt";
import { retryAfterMs } from "./pacing/retryAfter";
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

/** Whether a response of this status is worth another attempt. */
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
 * Milliseconds to wait after a login that ran into a limit without being told for how long. A limit of so many a
 * minute is over when the usual attempts have been made.
 */
function loginPauseMs(failures: number): number {
  return Math.min(30_000, 5_000 * 2 ** (failures - 1));
}

/** How long to wait after an attempt that failed, and who has to. */
export interface Pause {
  /** Milliseconds until the next attempt. */
  readonly ms: number;
  /** Milliseconds that the server asked for, if it did. */
  readonly askedMs: number | undefined;
  /** Whether the server speaks to all callers of the connection, and not about this one request. */
  readonly forAll: boolean;
}

/**
 * The pause that an outcome calls for, should there be another attempt.
 *
 * @param failures attempts that have failed so far, this one included
 * @param longestMs that a Retry-After may ask for
 * @param isLogin whether the request was a login: there is one for all calls, and services allow few of them
 */
export function pauseAfter(
  outcome: Outcome,
  failures: number,
  clock: Clock,
  longestMs: number,
  isLogin = false,
): Pause {
  const ownMs = backoffMs(failures, clock.random());
  if (outcome.kind !== "answer") return { ms: ownMs, askedMs: undefined, forAll: false };
  const { status, headers } = outcome;
  const askedMs = retryAfterMs(headers["retry-after"], headers.date, clock.now(), longestMs);
  const limited = isLogin && status === 429 && askedMs === undefined;
  return {
    ms: limited ? loginPauseMs(failures) : Math.max(askedMs ?? 0, ownMs),
    askedMs,
    forAll: status === 429 || (status === 503 && askedMs !== undefined),
  };
}
