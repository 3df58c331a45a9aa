import { durationMs, instantMs } from "../../provider/base/time";
import type { PolicedKey } from "./policedKey";

/**
 * How long one key lives, in milliseconds, its overlap with the next one included, where `pulumi up` runs when it is due;
 * undefined where nothing ends it.
 */
export function lifeMs(key: PolicedKey): number | undefined {
  const { every, beforeExpiry, overlap } = key.rotation;
  const [everyMs, marginMs, overlapMs] = [
    durationMs(every),
    durationMs(beforeExpiry),
    durationMs(overlap) ?? 0,
  ];
  const validMs = validityMs(key);
  const ends = [
    validMs,
    everyMs === undefined ? undefined : everyMs + overlapMs,
    validMs === undefined || marginMs === undefined ? undefined : validMs - marginMs + overlapMs,
  ].filter((ms) => ms !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** How long the vendor takes the key. */
function validityMs(key: PolicedKey): number | undefined {
  const expiryMs = instantMs(key.input("expiresAt"));
  if (expiryMs === undefined) return durationMs(key.input("expiresIn"));
  return expiryMs - (instantMs(key.input("rotatedAt")) ?? Date.now());
}

/** Whether the service lets a program say when a key expires. */
export function takesExpiry({ definition }: PolicedKey): boolean {
  return definition?.fields.expiresAt?.input !== undefined;
}
