import { instantMs } from "../base/time";
import type { KeyInfo } from "./keyInfo";

/** Which keys are wanted: those that fit every part that is given. */
export interface KeyFilter {
  readonly name?: string | undefined;
  /** The beginning of what the vendor shows of the value. */
  readonly prefix?: string | undefined;
  /** Whether the key works: neither revoked nor expired. */
  readonly active?: boolean | undefined;
  /** Milliseconds since the epoch. */
  readonly unusedSinceMs?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly expiringBeforeMs?: number | undefined;
}

export function fits(filter: KeyFilter, key: KeyInfo): boolean {
  const { name, prefix, active, unusedSinceMs, expiringBeforeMs } = filter;
  return (
    (name === undefined || key.name === name) &&
    (prefix === undefined || (typeof key.prefix === "string" && key.prefix.startsWith(prefix))) &&
    (active === undefined || (key.status === "active") === active) &&
    (unusedSinceMs === undefined || isUnusedSince(key, unusedSinceMs)) &&
    (expiringBeforeMs === undefined || expiresBefore(key, expiringBeforeMs))
  );
}

/**
 * Whether nobody has used the key since a moment. One that was never used counts once it is older than that, and not
 * where the vendor does not tell its age: a new key is nobody's to clean up.
 */
export function isUnusedSince(key: KeyInfo, momentMs: number): boolean {
  const sinceMs = instantMs(key.lastUsedAt ?? key.createdAt);
  return sinceMs !== undefined && sinceMs < momentMs;
}

/** Whether the key stops working before a moment, or has stopped by then already. */
export function expiresBefore(key: KeyInfo, momentMs: number): boolean {
  const expiresMs = instantMs(key.expiresAt);
  return expiresMs !== undefined && expiresMs < momentMs;
}
