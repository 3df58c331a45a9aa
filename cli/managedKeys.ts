import { resourceType } from "../provider/base/resourceType";
import { type Properties, type RecordedKey, readState } from "../provider/lifecycle";
import { previousOf } from "../provider/lifecycle/state/keyState";
import { logicalName } from "./leftovers";
import type { State } from "./stack";

/** A key that a stack's state holds. */
export interface ManagedKey {
  readonly keyId: string;
  /** Logical name of its resource. */
  readonly resource: string;
  /**
   * `current` or, within an overlap, `previous`; `leaving` is one whose resource is replaced, and which is to be
   * revoked or is revoked already.
   */
  readonly role: "current" | "previous" | "leaving";
  /** What the state tells of its resource; what is secret there is not legible. */
  readonly outputs: Properties;
}

/** Every key that a stack's state holds. */
export function managedKeys(state: State): ManagedKey[] {
  return state.resources.flatMap((resource) => {
    const { urn, type, outputs = {} } = resource;
    if (type !== resourceType) return [];
    const leaving = resource.delete === true || resource.pendingReplacement === true;
    const keyOf = (keyId: unknown, role: ManagedKey["role"]): ManagedKey[] =>
      typeof keyId === "string"
        ? [{ keyId, resource: logicalName(urn), role: leaving ? "leaving" : role, outputs }]
        : [];
    return [...keyOf(outputs.keyId, "current"), ...keyOf(outputs.previousKeyId, "previous")];
  });
}

/**
 * The key as the lifecycle knows it.
 *
 * @throws {ApiKeysError} INVALID_INPUT when the state does not tell where it is
 */
export function recordedKey({ keyId, outputs }: ManagedKey): RecordedKey {
  const state = readState(outputs);
  return state.keyId === keyId ? state : (previousOf(state) ?? state);
}
