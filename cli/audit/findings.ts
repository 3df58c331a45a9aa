import { nearestName } from "../../provider/base/words";
import { expiresBefore, isUnusedSince, type KeyInfo } from "../../provider/lookup";
import { UsageError } from "../command";
import type { ManagedKey } from "./managedKeys";

/** What an audit reports about a key. */
export const findings = [
  "unmanaged",
  "missing",
  "revoked",
  "rotated",
  "expired",
  "expiring",
  "unused",
  "never-used",
] as const;
export type Finding = (typeof findings)[number];

/** Findings that fail an audit by default: somebody has to act on them. */
export const failingByDefault: readonly Finding[] = ["unmanaged", "missing", "revoked", "rotated", "expired"];

/** The moments that findings depend on, in milliseconds since the epoch. */
export interface AuditLimits {
  /** A key that expires before this moment is expiring. */
  readonly expiringBeforeMs: number;
  /** A key that was not used since this moment is unused. */
  readonly unusedSinceMs: number;
}

/**
 * The findings about a key that the vendor has.
 *
 * @param managers the resources that have this key; none for an unmanaged key
 * @param showsUse whether the vendor shows when a key was last used
 */
export function auditFindings(
  key: KeyInfo,
  managers: readonly ManagedKey[],
  showsUse: boolean,
  limits: AuditLimits,
): Finding[] {
  // The next `up` or `destroy` revokes it anyway.
  if (managers.some(({ role }) => role === "leaving")) return [];
  const previous = managers.some(({ role }) => role === "previous");
  // An unmanaged key that no longer works needs no action, and a previous key may expire in its time.
  if (key.status === "expired") return managers.length > 0 && !previous ? ["expired"] : [];
  if (key.status === "revoked") return managers.length > 0 ? ["revoked"] : [];
  if (managers.some((manager) => isRotated(manager, key))) return ["rotated"];
  const found: Finding[] = managers.length > 0 ? [] : ["unmanaged"];
  if (previous) return found;
  if (expiresBefore(key, limits.expiringBeforeMs)) found.push("expiring");
  if (showsUse && isUnusedSince(key, limits.unusedSinceMs))
    found.push(key.lastUsedAt === undefined ? "never-used" : "unused");
  return found;
}

/** Whether the state has another value than the vendor: the state says so, or they show different prefixes. */
function isRotated({ role, outputs }: ManagedKey, { prefix: now }: KeyInfo): boolean {
  if (role !== "current") return false;
  const { status, prefix: before } = outputs;
  if (status === "rotated") return true;
  if (typeof before !== "string" || typeof now !== "string") return false;
  return !now.startsWith(before) && !before.startsWith(now);
}

/**
 * The findings that `--fail-on` names.
 *
 * @throws {UsageError} for a name that is no finding
 */
export function findingsFrom(text: string): readonly Finding[] {
  if (text === "none") return [];
  return text.split(",").map((part) => {
    const name = part.trim();
    const finding = findings.find((candidate) => candidate === name);
    if (finding !== undefined) return finding;
    const near = nearestName(name, findings);
    throw new UsageError(
      `--fail-on names ${JSON.stringify(name)}, which is no finding.${near === undefined ? "" : ` Did you mean ${near}?`} ` +
        `There are ${findings.join(", ")}, and none.`,
    );
  });
}
