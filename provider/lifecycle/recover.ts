import { isDeepStrictEqual } from "node:util";
import { instantMs } from "../base/time";
import { isLive, type RemoteKey } from "../vendor";
import { type KeyContext, type OperationContext, resolveKey, resolveRecordedKey } from "./context";
import { isFrom, isKnown, mayComeOf } from "./remote/identity";
import { revokeProven } from "./remote/revoke";
import { keysAppearing, keysPresent } from "./remote/search";
import type { KeyInputs, RecordedKey } from "./state/key";
import { looksMadeUp } from "./state/madeUpName";

/** What an interrupted create may have left at the vendor. */
export interface InterruptedCreate {
  /** How messages call the key. */
  readonly label: string;
  /** Whether a key of this service can be found at all: some have no names. */
  readonly findable: boolean;
  /** Keys that bear the name of the interrupted create and are in no state. */
  readonly keys: readonly RemoteKey[];
  /** Keys that are in no state and may be it, where keys have no names, or none bears the one that was asked for. */
  readonly suspects: readonly RemoteKey[];
  /** Whether a state has the key: the create was recorded, and only its note is left. */
  readonly isRecorded: boolean;
  /** Whether the name was made up by us, so that nobody else's key can bear it. */
  readonly ours: boolean;
  /** Whether a state has one of them. */
  isIn(key: RemoteKey, tracked: readonly TrackedKey[]): boolean;
  /** Revokes one of them. */
  revoke(key: RemoteKey): Promise<void>;
}

/** A key in a state. */
export interface TrackedKey {
  readonly keyId: string;
  /** What the state tells of it; undefined where that cannot be read, so that its id alone has to do. */
  readonly recorded?: RecordedKey | undefined;
}

/** A create that was cut short: the inputs of the engine's pending operation, or what was noted of it. */
export interface UnfinishedCreate {
  readonly inputs: KeyInputs;
  /** Origin of the server that the request was sent to, where it was noted. */
  readonly origin?: string | undefined;
}

/**
 * Looks for the key of a create that was interrupted, by its exact name.
 *
 * @param tracked keys that the stack's state knows
 * @throws {ApiKeysError} when the vendor's answer is no complete list
 */
export async function interruptedCreate(
  operation: OperationContext,
  { inputs, origin }: UnfinishedCreate,
  tracked: readonly TrackedKey[],
): Promise<InterruptedCreate> {
  const context =
    origin === undefined
      ? resolveKey(operation, inputs)
      : resolveRecordedKey(operation, { ...inputs, origin });
  const { fields } = inputs;
  const name = typeof fields.name === "string" ? fields.name : undefined;
  // Taking a key over makes none.
  const made = inputs.adopt === undefined;
  const isIn: InterruptedCreate["isIn"] = (key, known) => known.some((one) => isTracked(context, key, one));
  const recorded: RemoteKey[] = [];
  const isLeft = (key: RemoteKey) => {
    if (!isLive(key)) return false;
    const isRecorded = isIn(key, tracked);
    if (isRecorded) recorded.push(key);
    return !isRecorded;
  };
  const ours = inputs.autonamed === true;
  // Under a name that the program chose, somebody else's key may be listed before ours is.
  if (made && !ours) await operation.sleep(context.listLagMs);
  const forMs = ours ? context.listLagMs : 0;
  const keys = made && name !== undefined ? await keysAppearing(operation, context, name, isLeft, forMs) : [];
  const suspects = async () => {
    if (!made || keys.length > 0 || recorded.length > 0) return [];
    return name === undefined
      ? suspectsOf(operation, context, inputs, isLeft)
      : renamedSince(context, inputs, isLeft);
  };
  return {
    label: context.label,
    findable: !made || name !== undefined,
    keys,
    suspects: await suspects(),
    isRecorded: name !== undefined && recorded.length > 0,
    ours,
    isIn,
    revoke: (key) =>
      revokeProven(context, key.id, typeof key.fields.name === "string" ? key.fields.name : key.id),
  };
}

function isTracked(context: KeyContext, key: RemoteKey, { keyId, recorded }: TrackedKey): boolean {
  if (recorded === undefined) return keyId === key.id;
  return !isElsewhere(context, recorded) && isKnown(context, key, [recorded]);
}

/**
 * Whether a key is surely at another place, where ids are counted anew. A vendor may have moved to another origin, and
 * a definition may have been corrected since.
 */
function isElsewhere({ definition, vendor, pathParameters }: KeyContext, recorded: RecordedKey): boolean {
  const theirs = recorded.service.definition;
  if (theirs.name === definition.name) {
    return recorded.origin === vendor.origin && !isDeepStrictEqual(recorded.pathParameters, pathParameters);
  }
  return (
    recorded.origin !== vendor.origin || theirs.operations.create.path !== definition.operations.create.path
  );
}

/** For as long as a create and its second attempt may take, the looks for their keys left aside; in milliseconds. */
const attemptsMs = 120_000;

/**
 * What was made while the create ran, under another name than was asked for: the vendor may rename or cut names. A name
 * with another random end is some other key's of ours.
 */
async function renamedSince(
  context: KeyContext,
  { rotatedAt }: KeyInputs,
  isLeft: (key: RemoteKey) => boolean,
): Promise<RemoteKey[]> {
  const sinceMs = instantMs(rotatedAt);
  // In notes of earlier versions there is no time.
  if (sinceMs === undefined) return [];
  const untilMs = sinceMs + attemptsMs + 2 * context.listLagMs;
  return (await keysPresent(context)).filter((key) => {
    const { name, createdAt } = key.fields;
    const isOf = instantMs(createdAt) !== undefined && isFrom(key, sinceMs, untilMs);
    return isOf && typeof name === "string" && !looksMadeUp(name) && isLeft(key);
  });
}

/** What was made since the create began and does not contradict what it asked for. */
async function suspectsOf(
  operation: OperationContext,
  context: KeyContext,
  inputs: KeyInputs,
  isLeft: (key: RemoteKey) => boolean,
): Promise<RemoteKey[]> {
  const sinceMs = instantMs(inputs.rotatedAt) ?? 0;
  return (await keysPresent(context)).filter(
    (key) => isLeft(key) && mayComeOf(context, key, inputs, sinceMs, operation.now()),
  );
}
