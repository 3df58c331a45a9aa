import { expiresUnrenewed, type RotationArgs, type Schedule } from "../rotation";
import type { ServiceDefinition } from "../service/definition";
import { durationMs, instantMs, instantText } from "../time";
import { hasUnknown } from "../unknown";
import type { World } from "./context";
import { expiryWarning } from "./expiryWarning";
import type { Properties } from "./properties";

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

/** What is going to happen that a user may not expect, in sentences. */
export function scheduleWarnings(
  world: World,
  definition: ServiceDefinition,
  olds: Properties,
  inputs: Properties,
): string[] {
  const { title, kind } = definition;
  const asked = inputs as Schedule;
  const warnings: string[] = [];
  const renews = olds.generation !== undefined && inputs.generation !== olds.generation;
  if (renews && asked.rotation?.revokeNow === true) {
    warnings.push(
      "rotation.revokeNow is set, so the old key stops working as soon as there is a new one, before anything that uses it is updated",
    );
  }
  if (
    kind === "singleton" &&
    olds.dueAt !== undefined &&
    olds.dueAt !== inputs.dueAt &&
    isOver(olds.dueAt, world.now())
  ) {
    warnings.push(
      `a ${title} key is renewed by revoking the old one first, for there is room for one only: whatever uses it fails until it has the new value`,
    );
  }
  const lifetime = durationMs(inputs.expiresIn);
  const began = instantMs(olds.rotatedAt);
  const end =
    lifetime === undefined
      ? asked.expiresAt
      : began === undefined
        ? undefined
        : instantText(began + lifetime);
  const key = { ...(olds as Schedule), ...(end !== undefined && { expiresAt: end }) };
  if (olds.rotatedAt !== undefined && end !== undefined && expiresUnrenewed(key, asked, world.now())) {
    warnings.push(expiryWarning("key", end));
  }
  return warnings;
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
  if (uniqueNames) {
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
  const what = overlap === undefined ? "rotation.every" : "rotation.every and rotation.overlap";
  return [
    `expiresIn (${given.expiresIn}) is shorter than ${what} together (${days(everyMs + overlapMs)}), so a key would end while it is in use`,
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
  return problems;
}

function days(ms: number): string {
  return ms % dayMs === 0 ? `${ms / dayMs}d` : `${ms / 3_600_000}h`;
}

function isOver(moment: unknown, nowMs: number): boolean {
  const ms = instantMs(moment);
  return ms !== undefined && ms <= nowMs;
}
