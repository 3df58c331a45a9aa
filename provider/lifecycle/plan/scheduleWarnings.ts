import { withArticle } from "../../base/words";
import { expiresUnrenewed, hasOverlap, isInactive, rotationOf } from "../../rotation";
import type { OperationContext } from "../context";
import type { KeyInputs, KeyState } from "../state/key";
import { askedSchedule } from "../state/schedule";
import { predictExpiry, predictRenewal } from "./prediction";
import type { PlannedSteps } from "./steps";

/**
 * What is going to happen that a user may not expect, in sentences.
 *
 * @param before inputs of the last successful update; undefined for a new key and for a replacement
 * @param inputs what is asked now, but for dates
 */
export function scheduleWarnings(
  operation: OperationContext,
  before: KeyInputs | undefined,
  inputs: KeyInputs,
): string[] {
  if (before?.rotatedAt === undefined) return [];
  const { definition } = inputs.service;
  const now = operation.now();
  const asked = askedSchedule(inputs);
  const expiresAt = predictExpiry(before);
  const key = { ...askedSchedule(before), expiresAt };
  const moves = Object.keys(definition.pathParameters).some(
    (name) => before.pathParameters[name] !== inputs.pathParameters[name],
  );
  const { by } = predictRenewal(operation, before, inputs);
  const renews = moves || by !== undefined;
  const isAlive = !isInactive(key, now);
  const warnings: string[] = [];
  if (!moves && by === "value" && isAlive) {
    warnings.push(
      `${withArticle(definition.title)} key is renewed by giving it another value: whatever uses it fails until it has the new one`,
    );
  } else if (renews && definition.kind === "singleton" && isAlive) {
    warnings.push(
      `${withArticle(definition.title)} key is renewed by revoking the old one first, because there is room for one only: whatever uses it fails until it has the new value`,
    );
  }
  if (renews && !moves && hasOverlap(asked) && rotationOf(asked).revokeNow === true) {
    warnings.push(
      "rotation.revokeNow is set, so the old key stops working as soon as there is a new one, before anything that uses it is updated",
    );
  }
  return warnings;
}

/**
 * What the user should know of a key that ends soon and that this update leaves as it is, in sentences. By the state, for
 * a vendor may have granted less than the inputs ask for.
 */
export function expiryWarnings(steps: PlannedSteps, inputs: KeyInputs, nowMs: number): string[] {
  const { elsewhere, by, updates, key, inactive } = steps;
  if (elsewhere.length > 0 || by !== undefined || updates.includes("expiresAt") || inactive) return [];
  if (!expiresUnrenewed(key, askedSchedule(inputs), nowMs)) return [];
  return [expiryWarning("key", String(key.expiresAt))];
}

/**
 * What is going to happen that is as the program asks, in sentences: a previous key goes without a look at whoever uses
 * it. No engine tells a provider whether the update of a dependent failed. By the state and not by the inputs, which lag
 * behind it after a step that was done in part.
 */
export function revocationNotes(
  { previousKeyId, previousRevokeAt }: KeyState,
  { previousRevocation, rotatesWithOverlap, inactive, by }: PlannedSteps,
  inputs: KeyInputs,
): string[] {
  if (previousKeyId === undefined) return [];
  const early = previousRevocation === undefined && rotatesWithOverlap && !inactive;
  if (!early && previousRevocation !== "due") return [];
  const why = early
    ? `the key is renewed again before the overlap ends at ${previousRevokeAt}`
    : `the overlap ended at ${previousRevokeAt}`;
  const { revokeWhenIdleFor } = rotationOf(inputs);
  if (previousRevocation === "due" && by === undefined && typeof revokeWhenIdleFor === "string") {
    return [`${why}, so the previous key is revoked now, unless it was used within ${revokeWhenIdleFor}`];
  }
  return [
    `${why}, so the previous key is revoked now. If an update of something that uses it has failed since the renewal, update that first, with \`pulumi up --target\``,
  ];
}

/** What the user should know of a key that nothing renews before its end. */
export function expiryWarning(label: string, expiresAt: string): string {
  return (
    `The ${label} expires at ${expiresAt}, and nothing renews it before. Set rotation.beforeExpiry with expiresIn, or a later ` +
    'expiresAt; rotation.warnBeforeExpiry: "off" silences this.'
  );
}
