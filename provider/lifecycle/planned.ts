import { sameField } from "../compare";
import {
  datesOf,
  dueAt,
  hasOverlap,
  isTimeUp,
  owed,
  revokeAt,
  type Schedule,
  successorAnchorMs,
} from "../rotation";
import type { ServiceDefinition } from "../service/definition";
import { instantMs } from "../time";
import { hasUnknown } from "../unknown";
import type { World } from "./context";
import { inputFields } from "./outputs";
import { type Properties, text } from "./properties";

/**
 * The inputs with when the key began, until when it is good and, where it is renewed in place, which generation it
 * is: a plan shows how they change, and why. What is really owed `diff` and `update` derive from the outputs; for a key
 * that is to be created these dates are the truth.
 *
 * @param olds inputs of the last successful update; empty for a new key and for a replacement
 */
export function planned(world: World, definition: ServiceDefinition, olds: Properties, given: Properties) {
  const now = world.now();
  const asked = given as Schedule;
  const open = hasUnknown(given.rotation) || hasUnknown(given.expiresIn);
  const inPlace = !open && hasOverlap(asked);
  if (olds.rotatedAt === undefined && given.rotatedAt === undefined) {
    const { dueAt: due, ...begun } = datesOf(asked, world.successions.anchorMs(given) ?? now, now);
    return {
      ...given,
      ...begun,
      ...(open ? {} : { dueAt: given.dueAt ?? due }),
      ...(inPlace && { generation: 1 }),
    };
  }
  const key = { ...olds, ...known(given) } as Schedule;
  const timeUp = !open && isTimeUp(key, asked, now);
  const anchorMs = successorAnchorMs(key, asked, now);
  if (timeUp && !inPlace) world.successions.expect(given, anchorMs);
  const renewed =
    timeUp || owed(olds as Schedule, asked, now) !== undefined || fieldsChanged(definition, olds, given);
  const generation = typeof olds.generation === "number" ? olds.generation : 1;
  if (inPlace && renewed) {
    const retired = revokeAt(asked, now);
    return {
      ...given,
      ...datesOf(asked, anchorMs, now),
      ...(given.dueAt !== undefined && { dueAt: given.dueAt }),
      generation: generation + 1,
      ...(retired !== undefined && { previousRevokeAt: retired }),
    };
  }
  const { anchorAt } = plannedAnchor(key, asked);
  return {
    ...given,
    rotatedAt: key.rotatedAt,
    ...(anchorAt !== undefined && { anchorAt }),
    ...(open ? {} : { dueAt: given.dueAt ?? dueAt(key, asked, now) }),
    ...(inPlace && { generation }),
    ...(inPlace && !isOver(olds.previousRevokeAt, now) && { previousRevokeAt: olds.previousRevokeAt }),
  };
}

/** Only ignoreChanges puts a date among what is asked. */
function known(given: Properties): Properties {
  return given.rotatedAt === undefined ? {} : { rotatedAt: given.rotatedAt };
}

/** From when the key's period counts, as long as the program keeps to it. */
function plannedAnchor(key: Schedule, asked: Schedule): { anchorAt?: string } {
  const kept = key.anchorAt !== undefined && key.rotation?.every === asked.rotation?.every;
  return kept && key.anchorAt !== undefined ? { anchorAt: key.anchorAt } : {};
}

function isOver(moment: unknown, nowMs: number): boolean {
  const ms = instantMs(moment);
  return ms === undefined || ms <= nowMs;
}

function fieldsChanged(definition: ServiceDefinition, olds: Properties, given: Properties): boolean {
  return inputFields(definition).some((name) => {
    const field = definition.fields[name];
    // A name that is not given is made up later, and an expiry may follow from a lifetime.
    if (field === undefined || (name === "name" && text(given, name) === undefined)) return false;
    if (name === "expiresAt" && given.expiresIn !== undefined) return false;
    return !sameField(field, olds[name], given[name]);
  });
}
