import { durationMs, durationText } from "../../base/time";
import { hasUnknown } from "../../base/unknown";
import type { ServiceDefinition } from "../../definition/definition";
import { type RotationArgs, rotationOf } from "../../rotation";
import { tellsLastUse } from "../remote/lastUse";
import type { KeyInputs } from "../state/key";

/** Why a schedule cannot be kept, in sentences. */
export function scheduleProblems(inputs: KeyInputs): string[] {
  const { definition } = inputs.service;
  const rotation = rotationOf(inputs);
  if (hasUnknown(inputs.expiresIn)) return [];
  return [
    ...overlapProblems(definition, rotation),
    ...idlenessProblems(inputs, rotation),
    ...lifetimeProblems(inputs, rotation),
    ...marginProblems(definition, inputs, rotation),
  ];
}

function overlapProblems(
  { title, kind, uniqueNames }: ServiceDefinition,
  { every, overlap }: RotationArgs,
): string[] {
  const [everyMs, overlapMs] = [durationMs(every), durationMs(overlap)];
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
    `rotation.overlap (${text(overlap)}) must be shorter than rotation.every (${text(every)}), or the previous key would never be gone before the next renewal`,
  ];
}

/** An overlap is prolonged where the vendor tells of uses, and never without an end. */
function idlenessProblems(
  { service: { definition }, revokeWhenIdleFor }: KeyInputs,
  { every, overlap, revokeWhenIdleFor: afterOverlap, overlapAtMost }: RotationArgs,
): string[] {
  const asking = [
    ...(typeof afterOverlap === "string" ? ["rotation.revokeWhenIdleFor"] : []),
    ...(typeof revokeWhenIdleFor === "string" ? ["revokeWhenIdleFor"] : []),
  ];
  if (asking.length > 0 && !tellsLastUse(definition)) {
    return [
      `${asking.join(" and ")} cannot be kept: ${definition.title} does not tell when a key was last used`,
    ];
  }
  if (afterOverlap === undefined && overlapAtMost === undefined) return [];
  const missing = Object.entries({ overlap, revokeWhenIdleFor: afterOverlap, overlapAtMost })
    .filter(([, given]) => given === undefined)
    .map(([name]) => `rotation.${name}`);
  if (missing.length > 0) {
    return [
      `a previous key that is used stays beyond its overlap only where rotation says overlap, revokeWhenIdleFor and overlapAtMost, so ${missing.join(" and ")} is missing`,
    ];
  }
  const [everyMs, overlapMs, atMostMs] = [every, overlap, overlapAtMost].map(durationMs);
  if (atMostMs === undefined) return [];
  return [
    ...(overlapMs !== undefined && atMostMs < overlapMs
      ? [
          `rotation.overlapAtMost (${text(overlapAtMost)}) must be at least rotation.overlap (${text(overlap)})`,
        ]
      : []),
    ...(everyMs !== undefined && atMostMs > everyMs
      ? [
          `rotation.overlapAtMost (${text(overlapAtMost)}) must be at most rotation.every (${text(every)}), for the next renewal revokes the previous key in any case`,
        ]
      : []),
  ];
}

function lifetimeProblems({ expiresIn }: KeyInputs, { every, overlap }: RotationArgs): string[] {
  const [everyMs, overlapMs] = [durationMs(every), durationMs(overlap) ?? 0];
  const lifetimeMs = durationMs(expiresIn);
  if (everyMs === undefined || lifetimeMs === undefined || lifetimeMs >= everyMs + overlapMs) return [];
  const what = overlap === undefined ? "rotation.every" : "rotation.every and rotation.overlap together";
  return [
    `expiresIn (${text(expiresIn)}) is shorter than ${what} (${durationText(everyMs + overlapMs)}), so a key would end while it is in use`,
  ];
}

function marginProblems(
  { title, fields }: ServiceDefinition,
  { expiresIn, fields: { expiresAt } }: KeyInputs,
  { beforeExpiry, overlap }: RotationArgs,
): string[] {
  const marginMs = durationMs(beforeExpiry);
  const lifetimeMs = durationMs(expiresIn);
  if (marginMs === undefined) return [];
  if (fields.expiresAt === undefined) {
    return [`rotation.beforeExpiry has no meaning: ${title} keys do not expire; use rotation.every`];
  }
  if (typeof expiresAt === "string") {
    return [
      "rotation.beforeExpiry renews nothing beside a fixed expiresAt; use expiresIn, which begins anew with each key",
    ];
  }
  const problems: string[] = [];
  if (lifetimeMs !== undefined && marginMs >= lifetimeMs) {
    problems.push(
      `rotation.beforeExpiry (${text(beforeExpiry)}) must be shorter than expiresIn (${text(expiresIn)})`,
    );
  }
  if (marginMs < (durationMs(overlap) ?? 0)) {
    problems.push(
      `rotation.beforeExpiry (${text(beforeExpiry)}) must be at least rotation.overlap (${text(overlap)}), or the previous key would expire within it`,
    );
  }
  const leftMs = lifetimeMs === undefined ? undefined : lifetimeMs - marginMs;
  if (leftMs !== undefined && leftMs > 0 && (durationMs(overlap) ?? 0) >= leftMs) {
    problems.push(
      `rotation.overlap (${text(overlap)}) must be shorter than what rotation.beforeExpiry leaves of expiresIn (${durationText(leftMs)}), or the previous key would never be gone before the next renewal`,
    );
  }
  return problems;
}

/** A duration as the program gives it; one that is not known yet is judged nowhere. */
function text(duration: unknown): string {
  return String(duration);
}
