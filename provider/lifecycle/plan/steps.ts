import { instantMs, instantText, passed } from "../../base/time";
import type { ServiceDefinition } from "../../definition/definition";
import {
  hasOverlap,
  isInactive,
  previousRevocation,
  type RenewalReason,
  renewalReason,
} from "../../rotation";
import type { OperationContext } from "../context";
import type { Properties } from "../state/properties";
import { areCovered, canRotateInPlace } from "./capabilities";
import { changedAdoption, changedFields, changedPlace } from "./changes";
import { lifetimeEnd } from "./lifetime";

/** What is owed of a key: another one, and how, and an end of the one before. */
export interface PlannedSteps {
  /** Arguments that ask for a key at another place, or for another key of the vendor's. */
  readonly elsewhere: readonly string[];
  /** Arguments that the vendor changes in place. */
  readonly updates: readonly string[];
  /** Arguments that ask for a key made otherwise. */
  readonly fields: readonly string[];
  /** Why a key is owed though the program asks for none made otherwise. */
  readonly reason: RenewalReason | undefined;
  /** Whether the new key is to stand beside this one for a while, in the same resource. */
  readonly rotatesWithOverlap: boolean;
  /** Whether the vendor is to give this key another value, in place of another key. */
  readonly rotatesInPlace: boolean;
  /** Whether this key is known to open nothing, so that the new one takes its place and not a place beside it. */
  readonly inactive: boolean;
  /** Why the previous key is to be revoked, whether or not there is to be a new one. */
  readonly previousRevocation: "due" | "asked" | undefined;
}

/**
 * Derived from what was done, what is asked and the time alone, so that what failed is still owed.
 *
 * @param outputs what was done
 * @param inputs what is asked
 */
export function planSteps(
  operation: OperationContext,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): PlannedSteps {
  const elsewhere = [
    ...changedPlace(operation, definition, outputs, inputs),
    ...changedAdoption(outputs, inputs),
  ];
  const now = operation.now();
  const changed = changedFields(definition, outputs, inputs);
  const isAlive = !isInactive(outputs, now) && !passed(instantMs(outputs.expiresAt), now);
  const canUpdate = elsewhere.length === 0 && isAlive && areCovered(definition, changed);
  const extended =
    canUpdate && changed.includes("expiresIn") ? extendedTo(definition, outputs, inputs, now) : outputs;
  const reason = renewalReason(extended, inputs, now);
  const revalues =
    reason !== undefined && elsewhere.length === 0 && canRotateInPlace(definition, outputs.status, inputs);
  // Another key is made with all that is asked, and has nothing left to be changed.
  const updates = canUpdate && (reason === undefined || revalues) ? changed : [];
  const fields = updates.length > 0 ? [] : changed;
  const another = fields.length > 0 || (reason !== undefined && !revalues);
  return {
    elsewhere,
    updates,
    fields,
    reason,
    rotatesWithOverlap:
      another && elsewhere.length === 0 && definition.kind === "collection" && hasOverlap(inputs),
    rotatesInPlace: revalues && fields.length === 0,
    inactive: isInactive(outputs, now),
    previousRevocation: previousRevocation(outputs, inputs, now),
  };
}

/** The key as it is once its lifetime counts from now. */
export function extendedTo(
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
  nowMs: number,
): Properties {
  const expiresAt = lifetimeEnd(definition, inputs.expiresIn, nowMs);
  if (expiresAt === undefined) return outputs;
  return { ...outputs, extendedAt: instantText(nowMs), expiresAt };
}
