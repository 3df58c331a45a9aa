import { durationMs, instantMs, instantText, passed } from "../../base/time";
import { hasUnknown } from "../../base/unknown";
import type { ServiceDefinition } from "../../definition/definition";
import { inputFields } from "../../definition/inputFields";
import { sameField } from "../../definition/sameField";
import { renewalReason, type Schedule } from "../../rotation";
import type { OperationContext } from "../context";
import type { Properties } from "../state/properties";
import { areCovered, canRotateInPlace } from "./capabilities";

/** How a plan shows that a key is renewed. */
export type PredictedRenewal =
  /** Another key takes its place. */
  | "key"
  /** The vendor gives it another value. */
  | "value";

/**
 * Whether a plan shows another key, or another value, in the place of one that works, as far as inputs alone tell. What
 * is really owed `diff` derives from the outputs.
 *
 * @param olds inputs of the last successful update; empty for a new key and for a replacement
 * @param given what is asked now, name included, but for dates
 */
export function predictRenewal(
  operation: OperationContext,
  definition: ServiceDefinition,
  olds: Properties,
  given: Properties,
): PredictedRenewal | undefined {
  const changed = fieldsChanged(definition, olds, given);
  const updated = areUpdated(operation, definition, olds, changed);
  const due =
    renewalReason(keyOf(operation, definition, olds, given), given as Schedule, operation.now()) !==
    undefined;
  if (!due && updated) return undefined;
  return updated && canRotateInPlace(definition, olds.status, given) ? "value" : "key";
}

/**
 * The key as inputs tell of it, with the lifetime that an update gives it. Only ignoreChanges puts a date among what is
 * asked.
 */
export function keyOf(
  operation: OperationContext,
  definition: ServiceDefinition,
  olds: Properties,
  given: Properties,
): Schedule {
  const key = given.rotatedAt === undefined ? olds : { ...olds, rotatedAt: given.rotatedAt };
  const changed = fieldsChanged(definition, olds, given);
  const isExtended = changed.includes("expiresIn") && areUpdated(operation, definition, olds, changed);
  return (isExtended ? { ...key, extendedAt: instantText(operation.now()) } : key) as Schedule;
}

/** Whether the vendor changes all of these in place; a key that has ended is past that. */
function areUpdated(
  operation: OperationContext,
  definition: ServiceDefinition,
  olds: Properties,
  changed: readonly string[],
): boolean {
  if (changed.length === 0) return true;
  const hasEnded = olds.status !== undefined || passed(instantMs(predictExpiry(olds)), operation.now());
  return !hasEnded && areCovered(definition, changed);
}

/** Whether a part of the schedule is not known yet; of triggers it is enough to know that they may change. */
export function isScheduleOpen({ rotation, expiresIn }: Properties): boolean {
  if (hasUnknown(expiresIn)) return true;
  if (typeof rotation !== "object" || rotation === null) return hasUnknown(rotation);
  const { triggers: _, ...timing } = rotation as Properties;
  return hasUnknown(timing);
}

/** When the key expires, as far as inputs tell. */
export function predictExpiry({ expiresIn, expiresAt, rotatedAt, extendedAt }: Properties): unknown {
  const [lifetimeMs, beganMs] = [durationMs(expiresIn), instantMs(extendedAt ?? rotatedAt)];
  return lifetimeMs === undefined || beganMs === undefined ? expiresAt : instantText(beganMs + lifetimeMs);
}

/** Names of the arguments that differ and ask the vendor for something. */
function fieldsChanged(definition: ServiceDefinition, olds: Properties, given: Properties): string[] {
  return inputFields(definition).flatMap((name) => {
    const field = definition.fields[name];
    if (field === undefined) return [];
    if (name !== "expiresAt") return sameField(field, olds[name], given[name]) ? [] : [name];
    if (given.expiresIn === undefined)
      return sameField(field, predictExpiry(olds), given.expiresAt) ? [] : [name];
    return durationMs(olds.expiresIn) === durationMs(given.expiresIn) ? [] : ["expiresIn"];
  });
}
