import { sameField } from "../compare";
import { owed, type Schedule } from "../rotation";
import type { ServiceDefinition } from "../service/definition";
import { durationMs, instantMs, instantText } from "../time";
import { hasUnknown } from "../unknown";
import type { World } from "./context";
import { inputFields } from "./outputs";
import type { Properties } from "./properties";

/**
 * Whether a plan shows another key in the place of one that works, as far as inputs alone tell. What is really owed
 * `diff` derives from the outputs.
 *
 * @param olds inputs of the last successful update; empty for a new key and for a replacement
 * @param given what is asked now, name included, but for dates
 */
export function foreseesRenewal(
  world: World,
  definition: ServiceDefinition,
  olds: Properties,
  given: Properties,
): boolean {
  return (
    owed(keyOf(olds, given), given as Schedule, world.now()) !== undefined ||
    fieldsChanged(definition, olds, given)
  );
}

/** The key as inputs tell of it. Only ignoreChanges puts a date among what is asked. */
export function keyOf(olds: Properties, given: Properties): Schedule {
  return given.rotatedAt === undefined ? olds : ({ ...olds, rotatedAt: given.rotatedAt } as Schedule);
}

/** Whether a part of the schedule is not known yet; of triggers it is enough to know that they may change. */
export function isScheduleOpen({ rotation, expiresIn }: Properties): boolean {
  if (hasUnknown(expiresIn)) return true;
  if (typeof rotation !== "object" || rotation === null) return hasUnknown(rotation);
  const { triggers: _, ...timing } = rotation as Properties;
  return hasUnknown(timing);
}

/** When the key expires, as far as inputs tell. */
export function foreseenExpiry({ expiresIn, expiresAt, rotatedAt }: Properties): unknown {
  const [lifetimeMs, beganMs] = [durationMs(expiresIn), instantMs(rotatedAt)];
  return lifetimeMs === undefined || beganMs === undefined ? expiresAt : instantText(beganMs + lifetimeMs);
}

function fieldsChanged(definition: ServiceDefinition, olds: Properties, given: Properties): boolean {
  return inputFields(definition).some((name) => {
    const field = definition.fields[name];
    if (field === undefined) return false;
    if (name !== "expiresAt") return !sameField(field, olds[name], given[name]);
    return given.expiresIn === undefined
      ? !sameField(field, foreseenExpiry(olds), given.expiresAt)
      : durationMs(olds.expiresIn) !== durationMs(given.expiresIn);
  });
}
