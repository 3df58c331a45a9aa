import { hasOverlap, isSpent, owed, type Reason, retirement } from "../rotation";
import type { ServiceDefinition } from "../service/definition";
import { changedAdoption, changedFields, changedPlace } from "./changes";
import type { World } from "./context";
import type { Properties } from "./properties";

/** What is owed of a key: another one, and how, and an end of the one before. */
export interface Renewal {
  /** Arguments that ask for a key at another place, or for another key of the vendor's. */
  readonly elsewhere: readonly string[];
  /** Arguments that ask for a key made otherwise. */
  readonly fields: readonly string[];
  /** Why a key is owed though the program asks for none made otherwise. */
  readonly reason: Reason | undefined;
  /** Whether the new key is to stand beside this one for a while, in the same resource. */
  readonly inPlace: boolean;
  /** Whether this key is known to open nothing, so that the new one takes its place and not a place beside it. */
  readonly spent: boolean;
  /** Why the previous key is to be revoked, whether or not there is to be a new one. */
  readonly retires: "due" | "asked" | undefined;
}

/**
 * Derived from what was done, what is asked and the time alone, so that what failed is still owed.
 *
 * @param outputs what was done
 * @param inputs what is asked
 */
export function renewal(
  world: World,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): Renewal {
  const elsewhere = [
    ...changedPlace(world, definition, outputs, inputs),
    ...changedAdoption(outputs, inputs),
  ];
  const fields = changedFields(definition, outputs, inputs);
  const reason = owed(outputs, inputs, world.now());
  const renews = fields.length > 0 || reason !== undefined;
  return {
    elsewhere,
    fields,
    reason,
    inPlace: renews && elsewhere.length === 0 && definition.kind === "collection" && hasOverlap(inputs),
    spent: isSpent(outputs, world.now()),
    retires: retirement(outputs, inputs, world.now()),
  };
}
