import { fingerprint } from "../../base/fingerprint";
import { inputFields } from "../../definition/inputFields";
import { omit, pick } from "../../json/members";
import type { KeyContext } from "../context";
import type { KeyFields, KeyInputs, KeyService, KeyState, RecordedKey } from "./key";

/** The part of the inputs that state mirrors: all but the value of an adopted key, which is an output itself. */
export function mirroredInputs(
  { connection, pathParameters }: Pick<KeyContext, "connection" | "pathParameters">,
  inputs: KeyInputs,
): Omit<KeyState, "keyId" | "origin" | "status"> {
  return { ...omit(inputs, "adoptValue", "status"), connection, pathParameters, fields: askedFields(inputs) };
}

/** Arguments of every key that only our records hold: no vendor is sent them as they are. */
export const recordedArguments = [
  "expiresIn",
  "rotation",
  "revokeWhenIdleFor",
  "adopt",
  "autonamed",
  "deliver",
  "valueInState",
  "onLostDelivery",
  "encryptTo",
] as const satisfies readonly (keyof KeyInputs & keyof KeyState)[];

type RecordedArguments = Pick<KeyInputs, (typeof recordedArguments)[number]>;

/** Those arguments alone, with `undefined` for each that is not given: spread over a state, it clears what was dropped. */
export function recordedArgumentsOf(source: RecordedArguments): RecordedArguments {
  return Object.fromEntries(recordedArguments.map((name) => [name, source[name]]));
}

/** The fields that a program can set, as it asks for them. */
export function askedFields({ service, fields }: Pick<KeyInputs, "service" | "fields">): KeyFields {
  const names = new Set(inputFields(service.definition));
  return pick(fields, (name) => names.has(name));
}

/** What requests may name a key by, under our names. */
export function knownOf(key: RecordedKey): KeyFields {
  const { fields, expiresIn, keyId, value } = key;
  return { ...fields, expiresIn, keyId, ...(value !== undefined && { value }) };
}

/** What requests are made of, under our names. */
export function askedOf({ fields, expiresIn }: Pick<KeyInputs, "fields" | "expiresIn">): KeyFields {
  return { ...fields, ...(expiresIn !== undefined && { expiresIn }) };
}

/** What state says of a key whose value was just told. */
export function identified(
  { vendor }: KeyContext,
  keyId: string,
  value: string,
): Pick<KeyState, "keyId" | "origin" | "value" | "fingerprint"> {
  return { keyId, origin: vendor.origin, value, fingerprint: fingerprint(value) };
}

/** What state says of an adopted key whose value is given: the vendor does not show it again. */
export function adoptedValue(value: string): Pick<KeyState, "valueAvailable" | "value" | "fingerprint"> {
  return { valueAvailable: true, value, fingerprint: fingerprint(value) };
}

/** The key before the current one; undefined where there is none any more. */
export function previousOf(state: KeyState): RecordedKey | undefined {
  const { service, connection, pathParameters, origin, previousKeyId, previousValue, rotatedAt, expiresIn } =
    state;
  if (previousKeyId === undefined) return undefined;
  const { previousCreatedAt, previousPrefix, autonamed, asked, adopt, adoptedKeyId } = state;
  const { createdAt } = state.fields;
  return {
    service,
    connection,
    pathParameters,
    fields: {
      ...state.fields,
      // The current key's own would make the previous one pass for another.
      prefix: previousPrefix,
      createdAt: previousCreatedAt,
    },
    keyId: previousKeyId,
    origin,
    value: previousValue,
    expiresIn,
    ...{ autonamed, asked, adopt, adoptedKeyId },
    // Its dates stay: the previous key may be hardly older, and a list may lag behind both.
    rotatedAt,
    succeededAt: typeof createdAt === "string" ? createdAt : undefined,
  };
}

/** What state says of a previous key. */
export type PreviousKey = Pick<
  KeyState,
  | "previousKeyId"
  | "previousValue"
  | "previousRevokeAt"
  | "previousCreatedAt"
  | "previousPrefix"
  | "previousFingerprint"
>;

/**
 * What state says of a key that another one succeeds.
 *
 * @param revokeAt when it is to be revoked, RFC 3339
 */
export function asPrevious(key: KeyState, revokeAt: string): PreviousKey {
  const { keyId, value, fields, fingerprint } = key;
  const { createdAt, prefix } = fields;
  return {
    previousKeyId: keyId,
    previousValue: value,
    previousRevokeAt: revokeAt,
    previousCreatedAt: typeof createdAt === "string" ? createdAt : undefined,
    previousPrefix: typeof prefix === "string" ? prefix : undefined,
    // Of a value that the state keeps it can be made anew.
    previousFingerprint: value === undefined ? fingerprint : undefined,
  };
}

/** What state says of the previous key, for the next state to keep. */
export function keptPrevious(state: KeyState): PreviousKey {
  const { previousKeyId, previousValue, previousRevokeAt } = state;
  const { previousCreatedAt, previousPrefix, previousFingerprint } = state;
  return {
    ...{ previousKeyId, previousValue, previousRevokeAt },
    ...{ previousCreatedAt, previousPrefix, previousFingerprint },
  };
}

/** The vendor's id of the key that a resource took over at first; undefined where it made its own. */
export function adoptedKeyIdOf({
  adopt,
  adoptedKeyId,
}: Pick<RecordedKey, "adopt" | "adoptedKeyId">): string | undefined {
  return typeof adopt === "string" ? adopt : adoptedKeyId;
}

/** Whether a key was taken over, and so was named by somebody else. */
export function isAdopted(key: RecordedKey): boolean {
  return adoptedKeyIdOf(key) === key.keyId;
}

/** The state once the previous key is revoked. */
export function withoutPrevious(state: KeyState): KeyState {
  const none: { [Name in keyof Required<PreviousKey>]: undefined } = {
    previousKeyId: undefined,
    previousValue: undefined,
    previousRevokeAt: undefined,
    previousCreatedAt: undefined,
    previousPrefix: undefined,
    previousFingerprint: undefined,
  };
  return { ...state, ...none };
}

/** The keys that a resource owns. */
export function ownKeys(state: KeyState): readonly RecordedKey[] {
  const previous = previousOf(state);
  return [state, ...(previous ? [previous] : [])];
}

/** The key under another definition of its service, where that one has the key's place; else as it is. */
export function underService(state: KeyState, service: KeyService | undefined): KeyState {
  if (service?.definition.name !== state.service.definition.name) return state;
  const names = Object.keys(service.definition.pathParameters);
  return names.every((name) => state.pathParameters[name] !== undefined) ? { ...state, service } : state;
}
