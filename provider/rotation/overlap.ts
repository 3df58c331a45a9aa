import { durationMs, instantMs, instantText, passed } from "../base/time";
import type { Schedule } from "./schedule";

/** The key before the current one, while it is still valid. */
export interface Previous {
  previousKeyId?: string;
  /** When it is to be revoked, RFC 3339: by the first `up` or `destroy` after. */
  previousRevokeAt?: string;
}

/** Whether a renewal leaves the old key valid for a while, in place of a replacement. */
export function hasOverlap(asked: Schedule): boolean {
  return durationMs(asked.rotation?.overlap) !== undefined;
}

/** When a key is to be revoked that is succeeded now; undefined for at once. */
export function revokeAt(asked: Schedule, nowMs: number): string | undefined {
  const overlap = durationMs(asked.rotation?.overlap);
  return overlap === undefined || asked.rotation?.revokeNow === true
    ? undefined
    : instantText(nowMs + overlap);
}

/** Why the previous key is to go now: its time has come, or the program says that it must not stay. */
export function previousRevocation(
  done: Previous,
  asked: Schedule,
  nowMs: number,
): "due" | "asked" | undefined {
  if (done.previousKeyId === undefined) return undefined;
  if (passed(instantMs(done.previousRevokeAt), nowMs)) return "due";
  return asked.rotation?.revokeNow === true ? "asked" : undefined;
}
