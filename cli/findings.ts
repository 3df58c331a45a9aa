import { nearestName } from "../provider/base/words";
import { expiresBefore, isUnusedSince, type KeyInfo } from "../provider/lookup";
import { UsageError } from "./command";
import type { ManagedKey } from "./managedKeys";

/** What an audit finds of a key that people should know of. */
export const findings = [
  "unmanaged",
  "missing",
  "revoked",
  "expired",
  "expiring",
  "unused",
  "never-used",
] as const;
export type Finding = (typeof findings)[number];

/** Findings for which an audit fails unless it is told otherwise: somebody has to act on them. */
export const failingByDefault: readonly Finding[] = ["unmanaged", "missing", "revoked", "expired"];

/** From when on a key is worth a word, both in milliseconds since the epoch. */
export interface AuditLimits {
  /** A key that expires before is expiring. */
  readonly expiringBeforeMs: number;
  /** A key that was not used since is unused. */
  readonly unusedSinceMs: number;
}

/**
 * What is found of a key at the vendor.
 *
 * @param managers the resources that it is a key of; none for one that nobody manages
 */
export function judge(
  key: KeyInfo,
  managers: readonly ManagedKey[],
  tellsUse: boolean,
  limits: AuditLimits,
): Finding[] {
  // The next `up` or `destroy` revokes it anyway.
  if (managers.some(({ role }) => role === "leaving")) return [];
  const previous = managers.some(({ role }) => role === "previous");
  // What nobody manages and opens nothing is nobody's business; a previous key may have come to its end in time.
  if (key.status === "expired") return managers.length > 0 && !previous ? ["expired"] : [];
  if (key.status === "revoked") return managers.length > 0 ? ["revoked"] : [];
  const found: Finding[] = managers.length > 0 ? [] : ["unmanaged"];
  if (previous) return found;
  if (expiresBefore(key, limits.expiringBeforeMs)) found.push("expiring");
  if (tellsUse && isUnusedSince(key, limits.unusedSinceMs))
    found.push(key.lastUsedAt === undefined ? "never-used" : "unused");
  return found;
}

/**
 * The findings that `--fail-on` names.
 *
 * @throws {UsageError} for a name that is none of them
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
