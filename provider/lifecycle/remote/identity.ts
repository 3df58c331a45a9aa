import { clockSkewMs, instantMs } from "../../base/time";
import { inputFields } from "../../definition/inputFields";
import { sameField } from "../../definition/sameField";
import type { RemoteKey } from "../../vendor";
import type { KeyContext } from "../context";
import { isSuperset } from "../state/outputs";
import { type Properties, pick } from "../state/properties";

/** Fields by which a key is told from another in its place; a rotation may change them. */
const identityFields: readonly string[] = ["prefix", "createdAt"];

/** The outputs of a key whose value is, or may be, another: compared by the old one's marks, it would pass for another. */
export function withoutIdentityFields(outputs: Properties): Properties {
  return pick(outputs, (name) => !identityFields.includes(name));
}

/** Whether a key that stands where the recorded one was may be another: a singleton's only one, or one of a reused id. */
export function idMayBeReused({ definition }: KeyContext): boolean {
  return definition.kind === "singleton" || definition.reusesIds;
}

/** Whether a key that stands where the recorded one was is that one, and not a colleague's newer. */
export function isRecorded({ definition }: KeyContext, key: RemoteKey, outputs: Properties): boolean {
  if (key.id !== outputs.keyId) return false;
  const [bornMs, succeededMs] = [instantMs(key.fields.createdAt), instantMs(outputs.succeededAt)];
  if (bornMs !== undefined && succeededMs !== undefined && bornMs > succeededMs) return false;
  return identityFields.every((name) => {
    const field = definition.fields[name];
    const [now, then] = [key.fields[name] ?? undefined, outputs[name]];
    return field === undefined || now === undefined || then === undefined || sameField(field, now, then);
  });
}

/**
 * Whether a key of our name may come from an attempt of ours: a name that we made up is ours alone, and what is older
 * than the attempt is not from it.
 *
 * @param sinceMs before the attempt, by our own clock
 */
export function mayBeOurs(key: RemoteKey, inputs: Properties, sinceMs: number): boolean {
  if (key.fields.active === false) return false;
  if (inputs.autonamed === true) return true;
  const createdMs = instantMs(key.fields.createdAt);
  return createdMs === undefined || createdMs >= sinceMs - clockSkewMs;
}

/**
 * Whether a key may come of an attempt to create one: it is of that time, by either clock, and nothing of it contradicts
 * what was asked.
 *
 * @param untilMs the end of the attempt, by our own clock
 */
export function mayComeOf(
  { definition }: KeyContext,
  key: RemoteKey,
  inputs: Properties,
  sinceMs: number,
  untilMs: number,
): boolean {
  const createdMs = instantMs(key.fields.createdAt);
  if (createdMs !== undefined && (createdMs < sinceMs - clockSkewMs || createdMs > untilMs + clockSkewMs))
    return false;
  return inputFields(definition).every((name) => {
    const field = definition.fields[name];
    const [asked, told] = [inputs[name], key.fields[name]];
    if (!field || asked === undefined || told === undefined || field.secret || field.writeOnly) return true;
    return sameField(field, asked, told) || isSuperset(field, asked, told);
  });
}
