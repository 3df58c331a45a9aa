import { instantMs, passed } from "../../base/time";
import {
  datesAfter,
  datesOf,
  dueAt,
  hasOverlap,
  isTimeUp,
  revokeAt,
  successorAnchorMs,
} from "../../rotation";
import type { OperationContext } from "../context";
import type { KeyInputs } from "../state/key";
import { askedSchedule } from "../state/schedule";
import { isScheduleUnknown, predictRenewal } from "./prediction";

/**
 * The inputs with when the key began, until when it is good and, where it is renewed with an overlap, which generation
 * it is: a plan shows how they change, and why. What is really owed `diff` and `update` derive from the state; for a
 * key that is to be created these dates are the truth.
 *
 * @param logicalName the resource's, by which a replacement is known to be its own
 * @param before inputs of the last successful update; undefined for a new key and for a replacement
 */
export function plannedInputs(
  operation: OperationContext,
  logicalName: string,
  before: KeyInputs | undefined,
  inputs: KeyInputs,
): KeyInputs {
  const { memory } = operation;
  const now = operation.now();
  const asked = askedSchedule(inputs);
  const unknown = isScheduleUnknown(inputs);
  const overlaps = !unknown && hasOverlap(asked);
  const pinnedOr = (due: string | undefined) => inputs.dueAt ?? (unknown ? undefined : due);
  if (before?.rotatedAt === undefined && inputs.rotatedAt === undefined) {
    const dates = datesOf(asked, memory.successorAnchorMs(logicalName, inputs) ?? now, now);
    return { ...inputs, ...dates, dueAt: pinnedOr(dates.dueAt), ...(overlaps && { generation: 1 }) };
  }
  const { by, key } = predictRenewal(operation, before ?? inputs, inputs);
  if (isTimeUp(key, asked, now)) {
    memory.expectSuccessor(logicalName, inputs, successorAnchorMs(key, asked, now));
  }
  const generation = before?.generation ?? 1;
  const begins = !unknown && (by === "value" || (overlaps && by === "key"));
  if (begins) {
    const dates = datesAfter(key, asked, now, true);
    const renewed = { ...inputs, ...dates, dueAt: pinnedOr(dates.dueAt) };
    return by === "value"
      ? renewed
      : { ...renewed, generation: generation + 1, previousRevokeAt: revokeAt(asked, now) };
  }
  const previousRevokeAt = passed(instantMs(before?.previousRevokeAt), now)
    ? undefined
    : before?.previousRevokeAt;
  return {
    ...inputs,
    ...datesAfter(key, asked, now, false),
    dueAt: pinnedOr(dueAt(key, asked, now)),
    ...(overlaps && { generation, previousRevokeAt }),
  };
}
