import { clockSkewMs, durationMs, instantMs, instantText, passed } from "../base/time";
import { revokeAt } from "./overlap";
import { rotationOf, type Schedule } from "./schedule";

/**
 * The date until which the key is good, in milliseconds since the epoch; undefined when nothing renews it by time. A
 * changed period counts from the key's own beginning, so that changing it renews nothing early.
 *
 * @param key what is known of the key
 */
export function plannedDueMs(key: Schedule, asked: Schedule): number | undefined {
  return earliest([everyDueMs(key, asked), lifetimeDueMs(key, asked)]);
}

/** From when the period of a key counts that was renewed late; undefined where it counts from the key's beginning. */
export function anchorOf(key: Schedule, asked: Schedule): string | undefined {
  return durationMs(rotationOf(key).every) === durationMs(rotationOf(asked).every) ? key.anchorAt : undefined;
}

/**
 * From when the period of a successor counts that is made now. Where the period has passed, the last of its dates:
 * the next one is the old one plus whole periods, however late it is. Else the successor's own beginning.
 */
export function successorAnchorMs(key: Schedule, asked: Schedule, nowMs: number): number {
  const every = durationMs(rotationOf(asked).every);
  const due = periodEndMs(key, asked);
  if (every === undefined || due === undefined || due > nowMs) return nowMs;
  return due + Math.floor((nowMs - due) / every) * every;
}

/**
 * The date until which the key is good, RFC 3339; where it has passed, that of the key which is to take its place. It
 * is written into the inputs so that a plan shows `dueAt: old => new`.
 */
export function dueAt(key: Schedule, asked: Schedule, nowMs: number): string | undefined {
  const due = plannedDueMs(key, asked);
  if (due === undefined) return undefined;
  if (due > nowMs || hasEnded(asked, nowMs)) return instantText(due);
  return datesOf(asked, successorAnchorMs(key, asked, nowMs), nowMs).dueAt;
}

/** The dates of a key's schedule, RFC 3339. */
export interface ScheduleDates {
  readonly rotatedAt?: string | undefined;
  readonly anchorAt?: string | undefined;
  readonly extendedAt?: string | undefined;
  readonly dueAt?: string | undefined;
}

/** The dates of a key that begins now. */
export function datesOf(asked: Schedule, anchorMs: number, nowMs: number): ScheduleDates {
  const rotatedAt = instantText(nowMs);
  const anchorAt = instantText(anchorMs);
  const begun = { rotatedAt, ...(anchorAt !== rotatedAt && { anchorAt }) };
  const { rotation } = asked;
  const previousRevokeAt = revokeAt(asked, nowMs);
  const due = plannedDueMs({ ...begun, rotation, previousRevokeAt }, asked);
  return { ...begun, ...(due !== undefined && { dueAt: instantText(due) }) };
}

/**
 * The dates of a key after a step: those of one that begins now in the place of this key, or those of this key.
 *
 * @param key the key before the step
 * @param begins whether the step gives the resource another key, or the key another value
 */
export function datesAfter(key: Schedule, asked: Schedule, nowMs: number, begins: boolean): ScheduleDates {
  if (begins) return datesOf(asked, successorAnchorMs(key, asked, nowMs), nowMs);
  const due = plannedDueMs(key, asked);
  return {
    rotatedAt: key.rotatedAt,
    anchorAt: anchorOf(key, asked),
    extendedAt: asked.expiresIn === undefined ? undefined : key.extendedAt,
    dueAt: due === undefined ? undefined : instantText(due),
  };
}

/**
 * Whether the program's own expiry has passed, so that nothing renews the key any more: a successor would be born
 * expired, and `check` would refuse it at every `up` of an unchanged program. It may have passed by the vendor's
 * clock while ours has some minutes to go.
 */
export function hasEnded(asked: Schedule, nowMs: number): boolean {
  return asked.expiresIn === undefined && passed(instantMs(asked.expiresAt), nowMs + clockSkewMs);
}

function earliest(moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/**
 * A key that was made late, near its next date, waits for the end of the one before: what uses that one was promised the
 * whole overlap, and the key itself is far from its age.
 */
function everyDueMs(key: Schedule, asked: Schedule): number | undefined {
  const end = periodEndMs(key, asked);
  return end === undefined ? undefined : Math.max(end, instantMs(key.previousRevokeAt) ?? end);
}

function periodEndMs(key: Schedule, asked: Schedule): number | undefined {
  const every = durationMs(rotationOf(asked).every);
  const rotatedMs = instantMs(key.rotatedAt);
  if (every === undefined || rotatedMs === undefined) return undefined;
  return (instantMs(anchorOf(key, asked)) ?? rotatedMs) + every;
}

/** Only a lifetime, or the vendor's own choice, renews itself; a moment that the program fixed does not. */
function lifetimeDueMs(key: Schedule, asked: Schedule): number | undefined {
  const lifetime = durationMs(asked.expiresIn);
  const margin = durationMs(rotationOf(asked).beforeExpiry);
  const beganMs = instantMs(key.extendedAt) ?? instantMs(key.rotatedAt);
  if (lifetime === undefined && margin === undefined) return undefined;
  const planned = lifetime === undefined || beganMs === undefined ? undefined : beganMs + lifetime;
  const told = asked.expiresAt === undefined || lifetime !== undefined ? instantMs(key.expiresAt) : undefined;
  const end = earliest([planned, told]);
  return end === undefined ? undefined : end - (margin ?? 0);
}
