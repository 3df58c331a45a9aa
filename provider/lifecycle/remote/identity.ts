import { clockSkewMs, instantMs } from "../../base/time";
import { inputFields } from "../../definition/inputFields";
import { sameField } from "../../definition/sameField";
import { pick } from "../../json/members";
import { isLive, type RemoteKey } from "../../vendor";
import type { KeyContext } from "../context";
import type { KeyFields, KeyState, RecordedKey } from "../state/key";
import { isAdopted } from "../state/keyState";
import { isMadeUp, madeUpName, type Named } from "../state/madeUpName";
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
export function sameTold(
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
export function precisionOf({ fields: { createdAt } }: RecordedKey): "second" | "minute" | "day" | undefined {
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

/** What an attempt to create a key is known by. */
export interface CreateAttempt {
  readonly fields: KeyFields;
}

/**
 * Whether a key of the name that was asked for may come from an attempt of ours: a name that we made up is ours alone,
 * and what is older than the attempt is not from it.
 *
 * @param sinceMs before the attempt, by our own clock
 */
export function mayBeOurs(key: RemoteKey, attempt: Named, sinceMs: number): boolean {
  return isLive(key) && (isMadeUp(attempt, key.fields.name) || isSince(key, sinceMs));
}

/** Whether nothing tells that a key is older than a moment, by our own clock. */
export function isSince({ fields: { createdAt } }: RemoteKey, sinceMs: number): boolean {
  const createdMs = instantMs(createdAt);
  return createdMs === undefined || createdMs >= sinceMs - clockSkewMs;
}

/** Whether a key is called as the vendor calls ours, for which we had made up another name: it may be anybody's. */
export function isRenamedAlike({ fields: { name } }: RemoteKey, state: KeyState): boolean {
  return (
    name !== undefined &&
    name === state.fields.name &&
    madeUpName(state) !== undefined &&
    !isMadeUp(state, name) &&
    !isAdopted(state)
  );
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
  return isFrom(key, sinceMs, untilMs) && fitsRequest(context, key, attempt.fields);
}

/** Whether nothing tells that a key is older or younger than a time of ours. */
export function isFrom(key: RemoteKey, sinceMs: number, untilMs: number): boolean {
  const createdMs = instantMs(key.fields.createdAt);
  return isSince(key, sinceMs) && (createdMs === undefined || createdMs <= untilMs + clockSkewMs);
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
