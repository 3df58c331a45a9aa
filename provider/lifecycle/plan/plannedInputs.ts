import { instantMs } from "../../base/time";
import type { ServiceDefinition } from "../../definition/definition";
import {
  anchorOf,
  datesOf,
  dueAt,
  hasOverlap,
  isTimeUp,
  revokeAt,
  type Schedule,
  successorAnchorMs,
} from "../../rotation";
import type { OperationContext } from "../context";
import type { Properties } from "../state/properties";
import { isScheduleOpen, keyOf, predictRenewal } from "./forecast";

/**
 * The inputs with when the key began, until when it is good and, where it is renewed in place, which generation it
 * is: a plan shows how they change, and why. What is really owed `diff` and `update` derive from the outputs; for a key
 * that is to be created these dates are the truth.
 *
 * @param logicalName the resource's, by which a replacement is known to be its own
 * @param olds inputs of the last successful update; empty for a new key and for a replacement
 */
export function planned(
  operation: OperationContext,
  definition: ServiceDefinition,
  logicalName: string,
  olds: Properties,
  given: Properties,
): Properties {
  const now = operation.now();
  const asked = given as Schedule;
  const open = isScheduleOpen(given);
  const inPlace = !open && hasOverlap(asked);
  if (olds.rotatedAt === undefined && given.rotatedAt === undefined) {
    const { dueAt: due, ...begun } = datesOf(
      asked,
      operation.successions.anchorMs({ ...given, logicalName }) ?? now,
      now,
    );
    return {
      ...given,
      ...begun,
      ...(open ? {} : { dueAt: given.dueAt ?? due }),
      ...(inPlace && { generation: 1 }),
    };
  }
  const key = keyOf(operation, definition, olds, given);
  const anchorMs = successorAnchorMs(key, asked, now);
  if (isTimeUp(key, asked, now)) operation.successions.expect({ ...given, logicalName }, anchorMs);
  const generation = typeof olds.generation === "number" ? olds.generation : 1;
  const renewal = open ? undefined : predictRenewal(operation, definition, olds, given);
  const renewed = (): Properties => ({
    ...given,
    ...datesOf(asked, anchorMs, now),
    ...(given.dueAt !== undefined && { dueAt: given.dueAt }),
  });
  if (renewal === "value") return renewed();
  if (inPlace && renewal === "key") {
    const retired = revokeAt(asked, now);
    return {
      ...renewed(),
      generation: generation + 1,
      ...(retired !== undefined && { previousRevokeAt: retired }),
    };
  }
  const anchorAt = anchorOf(key, asked);
  return {
    ...given,
    rotatedAt: key.rotatedAt,
    ...(anchorAt !== undefined && { anchorAt }),
    ...(key.extendedAt !== undefined && asked.expiresIn !== undefined && { extendedAt: key.extendedAt }),
    ...(open ? {} : { dueAt: given.dueAt ?? dueAt(key, asked, now) }),
    ...(inPlace && { generation }),
    ...(inPlace && !isOver(olds.previousRevokeAt, now) && { previousRevokeAt: olds.previousRevokeAt }),
  };
}

function isOver(moment: unknown, nowMs: number): boolean {
  const ms = instantMs(moment);
  return ms === undefined || ms <= nowMs;
}
