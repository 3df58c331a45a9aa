import { instantMs, instantText, passed } from "../../base/time";
import type { ServiceDefinition } from "../../definition/definition";
import { isInactive, type RenewalReason, renewalReason, type Schedule } from "../../rotation";
import type { KeyInputs, Status } from "../state/key";
import { askedSchedule } from "../state/schedule";
import { canRotateInPlace, canUpdate } from "./capabilities";
import { type ComparedKey, changedFields } from "./changes";
import { lifetimeEnd } from "./lifetime";

/** What is owed of a key at its place. */
export interface Renewal {
  /** Arguments that the vendor changes in place. */
  readonly updates: readonly string[];
  /** Arguments that ask for a key made otherwise. */
  readonly fields: readonly string[];
  /** Why the key is to be renewed though the program asks for none made otherwise. */
  readonly reason: RenewalReason | undefined;
  /** How it is renewed: by another key, by another value of this one, or not at all. */
  readonly by: "key" | "value" | undefined;
  /** The key's schedule, with the lifetime that the update gives it. */
  readonly key: Schedule;
}

/**
 * What is owed of a key, derived from what was done, what is asked and the time alone, so that what failed is still
 * owed. `check` asks with the key as the old inputs tell of it, all others with the key as state tells of it.
 *
 * @param compared what the arguments are compared with
 * @param key the key's schedule
 * @param isLost whether a store has to be given the value, and nothing here holds it
 * @param staysHere false where a key is owed at another place, which is made there with all that is asked
 */
export function renewalOf(
  definition: ServiceDefinition,
  compared: ComparedKey,
  key: Schedule & { readonly status?: Status | undefined },
  inputs: KeyInputs,
  nowMs: number,
  staysHere = true,
  isLost = false,
): Renewal {
  const asked = askedSchedule(inputs);
  const changed = changedFields(definition, compared, inputs);
  const isAlive = !isInactive(key, nowMs) && !passed(instantMs(key.expiresAt), nowMs);
  const updatable = staysHere && isAlive && canUpdate(definition, changed);
  const isExtended = updatable && changed.includes("expiresIn");
  const extended = isExtended ? { ...key, ...extension(definition, inputs.expiresIn, nowMs) } : key;
  const reason = renewalReason(extended, asked, nowMs) ?? (isLost ? "delivered" : undefined);
  const { unapplied = [] } = compared;
  // A renewal applies the program to a key that was adopted as it was: in place where the vendor can, else by another key.
  const rotates =
    staysHere &&
    reason !== undefined &&
    canUpdate(definition, unapplied) &&
    canRotateInPlace(definition, key.status, asked);
  // Another key is made with all that is asked, and has nothing left to be changed.
  const owed = rotates ? [...new Set([...changed, ...unapplied])] : changed;
  const updates = updatable && (reason === undefined || rotates) ? owed : [];
  const fields = updates.length > 0 ? [] : changed;
  const by = fields.length > 0 || (reason !== undefined && !rotates) ? "key" : rotates ? "value" : undefined;
  return { updates, fields, reason, by, key: extended };
}

/** What is true of a key once its lifetime counts from now; empty where no lifetime is asked for. */
export function extension(
  definition: ServiceDefinition,
  expiresIn: unknown,
  nowMs: number,
): Pick<Schedule, "extendedAt" | "expiresAt"> {
  const expiresAt = lifetimeEnd(definition, expiresIn, nowMs);
  return expiresAt === undefined ? {} : { extendedAt: instantText(nowMs), expiresAt };
}
