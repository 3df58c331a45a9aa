import type { Bag } from "../../support/modelledEngine/provider";
import type { Resource } from "../../support/modelledEngine/stateFile";
import type { ModelKey } from "../../support/vendor/modelVendor";

/** A key that a resource owns, as its outputs tell. */
export interface OwnedKey {
  readonly id: string;
  readonly value: unknown;
}

/** The current key, as outputs tell of it. */
export function currentKey({ keyId, value }: Bag): OwnedKey {
  return { id: String(keyId), value };
}

/** The key before it that is still valid, as outputs tell of it. */
export function previousKey({ previousKeyId: id, previousValue: value }: Bag): OwnedKey | undefined {
  return typeof id === "string" ? { id, value } : undefined;
}

export function ownedKeys({ outputs }: Resource): OwnedKey[] {
  return [currentKey(outputs), previousKey(outputs)].filter((key) => key !== undefined);
}

/** Whether the vendor's key is the one that outputs tell of: another may have its id, and somebody may have rotated it. */
export function isKey(owned: OwnedKey | undefined, { id, value, formerValues }: ModelKey): boolean {
  return owned?.id === id && [value, ...formerValues].some((one) => one === owned.value);
}

/** Whether a key is one of the resource's. */
export function owns(resource: Resource, key: ModelKey): boolean {
  return ownedKeys(resource).some((owned) => isKey(owned, key));
}

/** Outputs without the two that hold values. */
export function withoutValues({ value: _, previousValue: __, ...others }: Bag): Bag {
  return others;
}
