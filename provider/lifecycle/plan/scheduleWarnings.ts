import { withArticle } from "../../base/words";
import type { ServiceDefinition } from "../../definition/definition";
import { expiresUnrenewed, hasOverlap, isInactive, type Schedule } from "../../rotation";
import type { OperationContext } from "../context";
import type { Properties } from "../state/properties";
import { predictExpiry, predictRenewal } from "./forecast";

/**
 * What is going to happen that a user may not expect, in sentences.
 *
 * @param olds inputs of the last successful update; empty for a new key and for a replacement
 * @param given what is asked now, but for dates
 */
export function scheduleWarnings(
  operation: OperationContext,
  definition: ServiceDefinition,
  olds: Properties,
  given: Properties,
): string[] {
  if (olds.rotatedAt === undefined) return [];
  const warnings: string[] = [];
  const moves = Object.keys(definition.pathParameters).some((name) => olds[name] !== given[name]);
  const renewal = predictRenewal(operation, definition, olds, given);
  const renews = moves || renewal !== undefined;
  const asked = given as Schedule;
  if (!moves && renewal === "value" && !isInactive(olds, operation.now())) {
    warnings.push(
      `${withArticle(definition.title)} key is renewed by giving it another value: whatever uses it fails until it has the new one`,
    );
  } else if (renews && definition.kind === "singleton" && !isInactive(olds, operation.now())) {
    warnings.push(
      `${withArticle(definition.title)} key is renewed by revoking the old one first, for there is room for one only: whatever uses it fails until it has the new value`,
    );
  }
  if (renews && !moves && hasOverlap(asked) && asked.rotation?.revokeNow === true) {
    warnings.push(
      "rotation.revokeNow is set, so the old key stops working as soon as there is a new one, before anything that uses it is updated",
    );
  }
  const expiresAt = predictExpiry(olds);
  const key = { ...olds, expiresAt } as Schedule;
  if (!renews && typeof expiresAt === "string" && expiresUnrenewed(key, asked, operation.now())) {
    warnings.push(expiryWarning("key", expiresAt));
  }
  return warnings;
}

/** What the user should know of a key that nothing renews before its end. */
export function expiryWarning(label: string, expiresAt: string): string {
  return (
    `The ${label} expires at ${expiresAt}, and nothing renews it before. Set rotation.beforeExpiry with expiresIn, or a later ` +
    'expiresAt; rotation.warnBeforeExpiry: "off" silences this.'
  );
}
