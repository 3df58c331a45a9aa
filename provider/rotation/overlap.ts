import { durationMs, instantMs, instantText, passed } from "../base/time";
import { rotationOf, type Schedule } from "./schedule";

/** Whether a renewal leaves the old key valid for a while, in place of a replacement. */
export function hasOverlap(asked: Schedule): boolean {
  return durationMs(rotationOf(asked).overlap) !== undefined;
}

/** When a key is to be revoked that is succeeded now; undefined for at once. */
export function revokeAt(asked: Schedule, nowMs: number): string | undefined {
  const overlap = durationMs(rotationOf(asked).overlap);
  return overlap === undefined || rotationOf(asked).revokeNow === true
    ? undefined
    : instantText(nowMs + overlap);
}

/** Why the previous key is to go now: its time has come, or the program says that it must not stay. */
export function previousRevocation(
  done: { readonly previousKeyId?: string | undefined; readonly previousRevokeAt?: string | undefined },
  asked: Schedule,
  nowMs: number,
): "due" | "asked" | undefined {
  if (done.previousKeyId === undefined) return undefined;
  if (passed(instantMs(done.previousRevokeAt), nowMs)) return "due";
  return rotationOf(asked).revokeNow === true ? "asked" : undefined;
}
