import { durationMs, instantMs } from "../base/time";
import { plannedDueMs } from "./dueDates";
import { rotationOf, type Schedule } from "./schedule";

const defaultWarning = "14d";

/**
 * Whether to warn that a key stops working soon and nothing renews it before: not where a rotation comes first, nor
 * where the program has switched the warning off.
 *
 * @param key what is known of the key, its expiry included
 */
export function expiresUnrenewed(key: Schedule, asked: Schedule, nowMs: number): boolean {
  const margin = rotationOf(asked).warnBeforeExpiry ?? defaultWarning;
  const expiresMs = instantMs(key.expiresAt);
  const marginMs = durationMs(margin);
  if (expiresMs === undefined || marginMs === undefined) return false;
  if (expiresMs <= nowMs || expiresMs - nowMs > marginMs) return false;
  return (plannedDueMs(key, asked) ?? Number.POSITIVE_INFINITY) >= expiresMs;
}
