import { createHash } from "node:crypto";
import { inputFields } from "../../definition/inputFields";
import { omit, pick } from "../../json/members";
import type { KeyContext } from "../context";
import type { KeyFields, KeyInputs, KeyState, RecordedKey } from "./key";

/** The part of the inputs that state mirrors: all but the value of an adopted key, which is an output itself. */
export function mirroredInputs(
  { connection, pathParameters }: Pick<KeyContext, "connection" | "pathParameters">,
  inputs: KeyInputs,
): Omit<KeyState, "keyId" | "origin" | "status"> {
  return { ...omit(inputs, "adoptValue", "status"), connection, pathParameters, fields: askedFields(inputs) };
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

/** Truncated SHA-256 of a value: tells a consumer that it changed, and nothing about what it is. */
export function fingerprint(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 16);
}

/** The key before the current one; undefined where there is none any more. */
export function previousOf(state: KeyState): RecordedKey | undefined {
  const { service, connection, pathParameters, origin, previousKeyId, previousValue, rotatedAt, expiresIn } =
    state;
  if (previousKeyId === undefined) return undefined;
  const { createdAt } = state.fields;
  return {
    service,
    connection,
    pathParameters,
    // What tells one key from another is the current one's.
    fields: pick(state.fields, (name) => name !== "prefix" && name !== "createdAt"),
    keyId: previousKeyId,
    origin,
    value: previousValue,
    expiresIn,
    // Its dates stay: the previous key may be hardly older, and a list may lag behind both.
    rotatedAt,
    succeededAt: typeof createdAt === "string" ? createdAt : undefined,
  };
}

/** The state once the previous key is revoked. */
export function withoutPrevious(state: KeyState): KeyState {
  return { ...state, previousKeyId: undefined, previousValue: undefined, previousRevokeAt: undefined };
}

/** Ids of the keys that a resource owns. */
export function ownIds({ keyId, previousKeyId }: KeyState): ReadonlySet<string> {
  return new Set([keyId, ...(previousKeyId === undefined ? [] : [previousKeyId])]);
}
