import { clockSkewMs, instantMs } from "../../base/time";
import { inputFields } from "../../definition/inputFields";
import { sameField } from "../../definition/sameField";
import { pick } from "../../json/members";
import { isLive, type RemoteKey } from "../../vendor";
import type { KeyContext } from "../context";
import type { KeyFields, KeyState, RecordedKey } from "../state/key";
import { isSuperset } from "../state/mergeRemote";

/** Fields by which a key is told from another in its place; a rotation may change them. */
const identityFields: readonly string[] = ["prefix", "createdAt"];

/** The state of a key whose value is, or may be, another: compared by the fields of the old one it would pass for another key. */
export function withoutIdentityFields(state: KeyState): KeyState {
  return { ...state, fields: pick(state.fields, (name) => !identityFields.includes(name)) };
}

/**
 * Whether a key that stands where the recorded one was may be another: a singleton's only one, one of a reused id, or one
 * at another server, where ids may be counted anew.
 */
export function idMayBeReused({ definition, movedFrom }: KeyContext): boolean {
  return definition.kind === "singleton" || definition.reusesIds || movedFrom !== undefined;
}

/** Whether a key that stands where the recorded one was is that one, and not a colleague's newer. */
export function isRecorded(context: KeyContext, key: RemoteKey, recorded: RecordedKey): boolean {
  if (key.id !== recorded.keyId) return false;
  const [bornMs, succeededMs] = [instantMs(key.fields.createdAt), instantMs(recorded.succeededAt)];
  if (bornMs !== undefined && succeededMs !== undefined && bornMs > succeededMs) return false;
  const told = identityFields.flatMap((name) => {
    const same = sameTold(context, key, recorded, name);
    return same === undefined ? [] : [{ name, same }];
  });
  // With another prefix it is the same key with another value, if it is as old to the second.
  const isAsOld = told.some(
    ({ name, same }) => same && name === "createdAt" && precisionOf(recorded) !== "day",
  );
  return isAsOld || told.every(({ same }) => same);
}

/** Whether a field is the same as it was recorded; undefined where either does not tell. */
function sameTold(
  { definition }: KeyContext,
  key: RemoteKey,
  recorded: RecordedKey,
  name: string,
): boolean | undefined {
  const field = definition.fields[name];
  const [now, then] = [key.fields[name] ?? undefined, recorded.fields[name]];
  if (field === undefined || now === undefined || then === undefined) return undefined;
  return sameField(field, now, then) && sameFraction(now, then);
}

/** Moments that are both told in parts of a second differ by these. A millisecond may come of a rounding. */
function sameFraction(now: unknown, then: unknown): boolean {
  const isFine = (text: unknown) => typeof text === "string" && /:\d\d\.\d/.test(text);
  if (!isFine(now) || !isFine(then)) return true;
  return Math.abs((instantMs(now) ?? 0) - (instantMs(then) ?? 0)) <= 1;
}

/** How exactly the time of a key's creation is told. A day is shared by many keys, and a minute may be. */
function precisionOf({ fields: { createdAt } }: RecordedKey): "second" | "minute" | "day" | undefined {
  const ms = instantMs(createdAt);
  if (ms === undefined) return undefined;
  return ms % 86_400_000 === 0 ? "day" : ms % 60_000 === 0 ? "minute" : "second";
}

/**
 * Whether a key is one of those that state records, and not another that got the id of one that is gone.
 *
 * @param known keys of the same place
 */
export function isKnown(context: KeyContext, key: RemoteKey, known: readonly RecordedKey[]): boolean {
  return known.some(
    (recorded) =>
      recorded.keyId === key.id && (!idMayBeReused(context) || isRecorded(context, key, recorded)),
  );
}

/** Whether a prefix is more than what all keys of a vendor begin with, such as `sk_live_`. */
export function isTellingPrefix(prefix: string): boolean {
  return /\d/.test(prefix);
}

/**
 * Whether a key at a vendor that uses ids again, or has moved, is the recorded one for certain: by the second of its creation, by a
 * prefix that is more than all keys have, or by its name. Else it may be somebody else's, who got the id.
 */
export function isSurelyRecorded(context: KeyContext, key: RemoteKey, recorded: RecordedKey): boolean {
  if (!isRecorded(context, key, recorded)) return false;
  // Rotated at the vendor it may still be ours, or another that was made within the second.
  if (idMayBeReused(context) && sameTold(context, key, recorded, "prefix") === false) return false;
  if (!context.definition.reusesIds && context.movedFrom === undefined) return true;
  const { prefix } = recorded.fields;
  const isTelling = {
    createdAt: precisionOf(recorded) === "second",
    prefix: typeof prefix === "string" && isTellingPrefix(prefix),
    name: true,
  };
  return Object.entries(isTelling).some(([name, tells]) => tells && sameTold(context, key, recorded, name));
}

/** What an attempt to create a key is known by. */
export interface CreateAttempt {
  readonly fields: KeyFields;
  readonly autonamed?: boolean | undefined;
}

/**
 * Whether a key of our name may come from an attempt of ours: a name that we made up is ours alone, and what is older
 * than the attempt is not from it.
 *
 * @param sinceMs before the attempt, by our own clock
 */
export function mayBeOurs(key: RemoteKey, { autonamed }: CreateAttempt, sinceMs: number): boolean {
  if (!isLive(key)) return false;
  if (autonamed === true) return true;
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
  context: KeyContext,
  key: RemoteKey,
  attempt: CreateAttempt,
  sinceMs: number,
  untilMs: number,
): boolean {
  const createdMs = instantMs(key.fields.createdAt);
  if (createdMs !== undefined && (createdMs < sinceMs - clockSkewMs || createdMs > untilMs + clockSkewMs))
    return false;
  return fitsRequest(context, key, attempt.fields);
}

/**
 * Whether nothing that the vendor tells of a key contradicts what was asked.
 *
 * @param mayDiffer names of fields that are not compared. Default: none
 */
export function fitsRequest(
  { definition }: KeyContext,
  key: RemoteKey,
  asked: KeyFields,
  mayDiffer: ReadonlySet<string> = new Set(),
): boolean {
  return inputFields(definition).every((name) => {
    if (mayDiffer.has(name)) return true;
    const field = definition.fields[name];
    const [wanted, told] = [asked[name], key.fields[name]];
    if (!field || wanted === undefined || told === undefined || field.secret || field.writeOnly) return true;
    return sameField(field, wanted, told) || isSuperset(field, wanted, told);
  });
}
