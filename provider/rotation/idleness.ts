import { durationMs, instantMs, instantText } from "../base/time";
import { rotationOf, type Schedule } from "./schedule";

/** How long a key must not have been used before it is revoked at the end of its overlap, in milliseconds; undefined for no matter. */
export function idleForMs(asked: Schedule): number | undefined {
  return durationMs(rotationOf(asked).revokeWhenIdleFor);
}

/**
 * When a previous key is revoked at the latest, used or not, in milliseconds since the epoch; undefined where nothing
 * prolongs an overlap.
 *
 * @param key what is known of the key that succeeded it
 */
export function latestRevocationMs(key: Schedule, asked: Schedule): number | undefined {
  const [beganMs, atMostMs] = [instantMs(key.rotatedAt), durationMs(rotationOf(asked).overlapAtMost)];
  if (idleForMs(asked) === undefined || beganMs === undefined || atMostMs === undefined) return undefined;
  return beganMs + atMostMs;
}

/**
 * When a previous key is looked at again that was used: once it could have been idle for long enough, RFC 3339.
 *
 * @param usedAt when it was last used, RFC 3339; undefined where that is not known
 */
export function nextLookAt(
  usedAt: string | undefined,
  idleMs: number,
  latestMs: number,
  nowMs: number,
): string {
  return instantText(Math.min((instantMs(usedAt) ?? nowMs) + idleMs, latestMs));
}
