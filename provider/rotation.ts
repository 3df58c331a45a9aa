import { isDeepStrictEqual } from "node:util";
import { clockSkewMs, durationMs, instantMs, instantText } from "./time";
import { hasUnknown, unknownValue } from "./unknown";

/** When and why a key is to be renewed, as the program says it. */
export interface RotationArgs {
  /** Longest life of a key, such as "30d". */
  every?: string;
  /** Any values; when one changes, the key is renewed. */
  triggers?: Record<string, unknown>;
}

/** The part of a resource's inputs, or of the outputs that mirror them, that says when its key is due. */
export interface Schedule {
  rotation?: RotationArgs;
  expiresIn?: string;
  /** When the key was created or taken over, by the clock of the machine that did it. */
  rotatedAt?: string;
  expiresAt?: string;
  dueAt?: string;
  status?: string;
}

/** The property under which a plan shows why a key is renewed. */
export type Reason = "rotation" | "dueAt" | "status";

/**
 * Why the key is due now, or undefined. Derived from what was done and from what is asked; nothing here counts
 * or remembers, so a failed rotation is still owed.
 */
export function owed(done: Schedule, asked: Schedule, nowMs: number): Reason | undefined {
  if (asked.rotation !== undefined && triggersChanged(done.rotation?.triggers, asked.rotation))
    return "rotation";
  if (hasEnded(asked, nowMs)) return undefined;
  // `check` moves a date that has passed, so one that still lies behind was pinned with ignoreChanges.
  const pinned = passed(instantMs(asked.dueAt), nowMs);
  if (!pinned && passed(plannedDueMs(done.rotatedAt, asked), nowMs)) return "dueAt";
  if (!pinned && asked.expiresIn !== undefined && passed(instantMs(done.expiresAt), nowMs)) return "dueAt";
  if (done.status === asked.status) return undefined;
  if (done.status === "revoked") return "status";
  // A machine whose clock is ahead may have called it expired while it still works.
  return done.status === "expired" && passed(instantMs(done.expiresAt) ?? nowMs, nowMs)
    ? "status"
    : undefined;
}

/**
 * The date until which the key is good, undefined when nothing renews it by time. It is written into the inputs
 * so that a plan shows `dueAt: old => new`. A changed period counts from the key's own beginning, so changing it
 * renews nothing early.
 *
 * @param rotatedAt the beginning of the key that exists, or of the one to be created
 */
export function dueAt(rotatedAt: string | undefined, asked: Schedule, nowMs: number): string | undefined {
  const planned = plannedDueMs(rotatedAt, asked);
  if (planned === undefined) return undefined;
  return instantText(
    passed(planned, nowMs) && !hasEnded(asked, nowMs) ? nowMs + (periodMs(asked) ?? 0) : planned,
  );
}

function plannedDueMs(rotatedAt: string | undefined, asked: Schedule): number | undefined {
  const beginning = instantMs(rotatedAt);
  const period = periodMs(asked);
  return beginning === undefined || period === undefined ? undefined : beginning + period;
}

/** How long a key of this schedule is good for, in milliseconds. */
function periodMs(schedule: Schedule): number | undefined {
  const periods = [durationMs(schedule.rotation?.every), durationMs(schedule.expiresIn)];
  const known = periods.filter((period) => period !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/**
 * Whether the program's own expiry has passed, so that nothing renews the key any more: a successor would be born
 * expired, and `check` would refuse it at every `up` of an unchanged program. It may have passed by the vendor's
 * clock while ours has some minutes to go.
 */
export function hasEnded(asked: Schedule, nowMs: number): boolean {
  return asked.expiresIn === undefined && passed(instantMs(asked.expiresAt), nowMs + clockSkewMs);
}

function passed(momentMs: number | undefined, nowMs: number): boolean {
  return momentMs !== undefined && momentMs <= nowMs;
}

/** Dropping all triggers asks for nothing; any other change, the first ones included, asks for a new key. */
function triggersChanged(done: RotationArgs["triggers"], rotation: RotationArgs): boolean {
  const { triggers } = rotation;
  if (rotation === (unknownValue as unknown) || hasUnknown(triggers)) return true;
  return triggers !== undefined && Object.keys(triggers).length > 0 && !isDeepStrictEqual(done, triggers);
}
