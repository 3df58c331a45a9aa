import type { Bag } from "../../support/modelledEngine/provider";
import type { Resource } from "../../support/modelledEngine/stateFile";
import type { ModelKey } from "../../support/vendor/modelVendor";

/** A key that a resource owns, as its outputs tell. */
export interface OwnedKey {
  readonly id: string;
  readonly value: unknown;
}

/** The current key, and the one before it that is still valid. */
export function ownedKeys({ outputs }: Resource): OwnedKey[] {
  const current = { id: String(outputs.keyId), value: outputs.value };
  const { previousKeyId: id, previousValue: value } = outputs;
  return typeof id === "string" ? [current, { id, value }] : [current];
}

/** Whether a key is one of the resource's. */
export function owns(resource: Resource, { id }: ModelKey): boolean {
  return ownedKeys(resource).some((key) => key.id === id);
}

/** Outputs without the two that hold values. */
export function withoutValues({ value: _, previousValue: __, ...others }: Bag): Bag {
  return others;
}
