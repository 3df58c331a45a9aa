import { fingerprint as fingerprintOf } from "../../../provider/base/fingerprint";
import type { Bag } from "../../support/modelledEngine/provider";
import type { Resource } from "../../support/modelledEngine/stateFile";
import type { ModelKey } from "../../support/vendor/modelVendor";

/** A key that a resource owns, as its outputs tell. */
export interface OwnedKey {
  readonly id: string;
  /** Absent where the state keeps none. */
  readonly value: unknown;
  readonly fingerprint: unknown;
}

/** The current key, as outputs tell of it. */
export function currentKey({ keyId, value, fingerprint }: Bag): OwnedKey {
  return { id: String(keyId), value, fingerprint };
}

/** The key before it that is still valid, as outputs tell of it. */
export function previousKey({
  previousKeyId: id,
  previousValue: value,
  previousFingerprint,
}: Bag): OwnedKey | undefined {
  return typeof id === "string" ? { id, value, fingerprint: previousFingerprint } : undefined;
}

export function ownedKeys({ outputs }: Resource): OwnedKey[] {
  return [currentKey(outputs), previousKey(outputs)].filter((key) => key !== undefined);
}

/** Whether the vendor's key is the one that outputs tell of: another may have its id, and somebody may have rotated it. */
export function isKey(owned: OwnedKey | undefined, { id, value, formerValues }: ModelKey): boolean {
  return owned?.id === id && [value, ...formerValues].some((one) => isValue(owned, one));
}

/** Whether a value is the one that outputs hold, or tell by its fingerprint. */
export function isValue({ value, fingerprint }: OwnedKey, one: string): boolean {
  return value === undefined ? fingerprintOf(one) === fingerprint : value === one;
}

/** Whether a key is one of the resource's. */
export function owns(resource: Resource, key: ModelKey): boolean {
  return ownedKeys(resource).some((owned) => isKey(owned, key));
}

/** Outputs without the two that hold values, where the program lets the state hold them. */
export function withoutValues(outputs: Bag): Bag {
  if (outputs.valueInState === false) return outputs;
  const { value: _, previousValue: __, ...others } = outputs;
  return others;
}
