import { durationMs } from "../../base/time";
import { hasUnknown } from "../../base/unknown";
import type { ServiceDefinition } from "../../definition/definition";
import type { RotationArgs } from "../../rotation";
import type { Properties } from "../state/properties";

const dayMs = 86_400_000;

/** Why a schedule cannot be kept, in sentences. */
export function scheduleProblems(definition: ServiceDefinition, given: Properties): string[] {
  const rotation = given.rotation as RotationArgs | undefined;
  if (typeof rotation !== "object" || rotation === null || hasUnknown(given.expiresIn)) return [];
  const { every, beforeExpiry, overlap } = rotation;
  return [
    ...overlapProblems(definition, rotation, durationMs(every), durationMs(overlap)),
    ...lifetimeProblems(given, durationMs(every), durationMs(overlap) ?? 0, overlap),
    ...marginProblems(definition, given, beforeExpiry, overlap),
  ];
}

function overlapProblems(
  { title, kind, uniqueNames }: ServiceDefinition,
  rotation: RotationArgs,
  everyMs: number | undefined,
  overlapMs: number | undefined,
): string[] {
  if (overlapMs === undefined) return [];
  if (kind === "singleton") {
    return [
      `rotation.overlap cannot be kept: ${title} has room for one key only, so the old one goes before the new one is made`,
    ];
  }
  if (uniqueNames === true) {
    return [
      `rotation.overlap cannot be kept: ${title} refuses a second key of the same name beside the first`,
    ];
  }
  if (everyMs === undefined || overlapMs < everyMs) return [];
  return [
    `rotation.overlap (${rotation.overlap}) must be shorter than rotation.every (${rotation.every}), or the previous key would never be gone before the next renewal`,
  ];
}

function lifetimeProblems(
  given: Properties,
  everyMs: number | undefined,
  overlapMs: number,
  overlap: string | undefined,
): string[] {
  const lifetimeMs = durationMs(given.expiresIn);
  if (everyMs === undefined || lifetimeMs === undefined || lifetimeMs >= everyMs + overlapMs) return [];
  const what = overlap === undefined ? "rotation.every" : "rotation.every and rotation.overlap together";
  return [
    `expiresIn (${given.expiresIn}) is shorter than ${what} (${days(everyMs + overlapMs)}), so a key would end while it is in use`,
  ];
}

function marginProblems(
  { title, fields }: ServiceDefinition,
  given: Properties,
  beforeExpiry: string | undefined,
  overlap: string | undefined,
): string[] {
  const marginMs = durationMs(beforeExpiry);
  const lifetimeMs = durationMs(given.expiresIn);
  if (marginMs === undefined) return [];
  if (fields.expiresAt === undefined) {
    return [`rotation.beforeExpiry has no meaning: ${title} keys do not expire; use rotation.every`];
  }
  if (given.expiresAt !== undefined && !hasUnknown(given.expiresAt)) {
    return [
      "rotation.beforeExpiry renews nothing beside a fixed expiresAt; use expiresIn, which begins anew with each key",
    ];
  }
  const problems: string[] = [];
  if (lifetimeMs !== undefined && marginMs >= lifetimeMs) {
    problems.push(
      `rotation.beforeExpiry (${beforeExpiry}) must be shorter than expiresIn (${given.expiresIn})`,
    );
  }
  if (marginMs < (durationMs(overlap) ?? 0)) {
    problems.push(
      `rotation.beforeExpiry (${beforeExpiry}) must be at least rotation.overlap (${overlap}), or the previous key would expire within it`,
    );
  }
  const leftMs = lifetimeMs === undefined ? undefined : lifetimeMs - marginMs;
  if (leftMs !== undefined && leftMs > 0 && (durationMs(overlap) ?? 0) >= leftMs) {
    problems.push(
      `rotation.overlap (${overlap}) must be shorter than what rotation.beforeExpiry leaves of expiresIn (${days(leftMs)}), or the previous key would never be gone before the next renewal`,
    );
  }
  return problems;
}

function days(ms: number): string {
  return ms % dayMs === 0 ? `${ms / dayMs}d` : `${ms / 3_600_000}h`;
}
