import { instantMs } from "../../base/time";
import { hasUnknown, unknownValue } from "../../base/unknown";
import type { OperationContext } from "../context";
import type { KeyInputs } from "../state/key";
import { askedSchedule } from "../state/schedule";
import { lifetimeEnd } from "./lifetime";
import { type Renewal, renewalOf } from "./renewal";

/**
 * What a plan shows of a renewal, as far as inputs alone tell. `check` is not given the state; what is really owed
 * `diff` derives from it.
 *
 * @param before inputs of the last successful update
 * @param inputs what is asked now, name included, but for dates; only `ignoreChanges` puts a date among them
 */
export function predictRenewal(operation: OperationContext, before: KeyInputs, inputs: KeyInputs): Renewal {
  const expiresAt = predictExpiry(before);
  const key = {
    ...askedSchedule(before),
    rotatedAt: inputs.rotatedAt ?? before.rotatedAt,
    expiresAt,
    status: before.status,
  };
  const compared = {
    expiresIn: before.expiresIn,
    values: (name: string) => [name === "expiresAt" ? expiresAt : before.fields[name]],
  };
  return renewalOf(inputs.service.definition, compared, key, inputs, operation.now());
}

/** When the key of these inputs expires, as far as they tell. RFC 3339. */
export function predictExpiry(inputs: KeyInputs): string | undefined {
  const { service, expiresIn, extendedAt, rotatedAt, fields } = inputs;
  const beganMs = instantMs(extendedAt ?? rotatedAt);
  const end = beganMs === undefined ? undefined : lifetimeEnd(service.definition, expiresIn, beganMs);
  return end ?? (typeof fields.expiresAt === "string" ? fields.expiresAt : undefined);
}

/** Whether a part of the schedule is not known yet; of triggers it is enough to know that they may change. */
export function isScheduleUnknown({ rotation, expiresIn }: KeyInputs): boolean {
  if (expiresIn === unknownValue || rotation === unknownValue) return true;
  return hasUnknown({ ...rotation, triggers: undefined });
}
