import { hasOverlap, isInactive, previousRevocation } from "../../rotation";
import type { OperationContext } from "../context";
import type { KeyInputs, KeyState } from "../state/key";
import { askedSchedule, scheduleOf } from "../state/schedule";
import { changedAdoption, changedPlace, recordedKey } from "./changes";
import { type PlannedDeliveries, planDeliveries } from "./deliveries";
import { type Renewal, renewalOf } from "./renewal";

/** Every step that an update of a resource has to take. */
export interface PlannedSteps extends Renewal {
  /** Arguments that ask for a key at another place, or for another key of the vendor's. */
  readonly elsewhere: readonly string[];
  /** Whether the new key is to stand beside this one for a while, in the same resource. */
  readonly rotatesWithOverlap: boolean;
  /** Whether this key is known to open nothing, so that the new one takes its place and not a place beside it. */
  readonly inactive: boolean;
  /** What is owed to the stores of this key. */
  readonly deliveries: PlannedDeliveries;
  /** Why the previous key is to be revoked, whether or not there is to be a new one. */
  readonly previousRevocation: "due" | "asked" | undefined;
}

/**
 * Derived from what was done, what is asked and the time alone, so that what failed is still owed.
 *
 * @param state what was done
 * @param inputs what is asked
 */
export function planSteps(operation: OperationContext, state: KeyState, inputs: KeyInputs): PlannedSteps {
  const { definition } = inputs.service;
  const now = operation.now();
  const key = scheduleOf(state);
  const asked = askedSchedule(inputs);
  const elsewhere = [...changedPlace(operation, state, inputs), ...changedAdoption(state, inputs)];
  const staysHere = elsewhere.length === 0;
  const deliveries = planDeliveries(state, inputs);
  const isLost = deliveries.lost.length > 0 && inputs.onLostDelivery !== "fail";
  const renewal = renewalOf(definition, recordedKey(state), key, inputs, now, staysHere, isLost);
  return {
    ...renewal,
    elsewhere,
    deliveries,
    rotatesWithOverlap:
      renewal.by === "key" && staysHere && definition.kind === "collection" && hasOverlap(asked),
    inactive: isInactive(key, now),
    previousRevocation: previousRevocation(state, asked, now),
  };
}
