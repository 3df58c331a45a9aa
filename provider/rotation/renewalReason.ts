import { isDeepStrictEqual } from "node:util";
import { instantMs, passed } from "../base/time";
import { hasUnknown, type Knowable, unknownValue } from "../base/unknown";
import { hasEnded, plannedDueMs } from "./dueDates";
import { type RotationArgs, rotationOf, type Schedule } from "./schedule";

/** The property under which a plan shows why a key is renewed. */
export type RenewalReason = "rotation" | "dueAt" | "status" | "delivered";

/**
 * Why the key is due now, or undefined. Derived from what was done and from what is asked; nothing here counts
 * or remembers, so a failed rotation is still owed.
 */
export function renewalReason(done: Schedule, asked: Schedule, nowMs: number): RenewalReason | undefined {
  if (asked.rotation !== undefined && triggersChanged(rotationOf(done).triggers, asked.rotation))
    return "rotation";
  if (isTimeUp(done, asked, nowMs)) return "dueAt";
  if (hasEnded(asked, nowMs) || done.status === asked.status) return undefined;
  // Of a key that was rotated at the vendor, state has a value that no longer works.
  return isInactive(done, nowMs) || done.status === "rotated" ? "status" : undefined;
}

/** Whether the key is known to open nothing any more. */
export function isInactive(done: Schedule, nowMs: number): boolean {
  if (done.status === "revoked") return true;
  // A machine whose clock is ahead may have called it expired while it still works.
  return done.status === "expired" && passed(instantMs(done.expiresAt) ?? nowMs, nowMs);
}

/** Whether the key is due because of a date. */
export function isTimeUp(done: Schedule, asked: Schedule, nowMs: number): boolean {
  // `check` moves a date that has passed, so one that still lies behind was pinned with ignoreChanges.
  if (hasEnded(asked, nowMs) || passed(instantMs(asked.dueAt), nowMs)) return false;
  if (passed(plannedDueMs(done, asked), nowMs)) return true;
  return asked.expiresIn !== undefined && passed(instantMs(done.expiresAt), nowMs);
}

/** Dropping all triggers asks for nothing; any other change, the first ones included, asks for a new key. */
function triggersChanged(done: RotationArgs["triggers"], rotation: Knowable<RotationArgs>): boolean {
  if (rotation === unknownValue) return true;
  const { triggers } = rotation;
  if (hasUnknown(triggers)) return true;
  return triggers !== undefined && Object.keys(triggers).length > 0 && !isDeepStrictEqual(done, triggers);
}
