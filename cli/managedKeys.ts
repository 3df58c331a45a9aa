import { resourceType } from "../provider/base/resourceType";
import type { Properties } from "../provider/lifecycle";
import { previousOf } from "../provider/lifecycle/state/previous";
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
  /** What the state tells of it; what is secret there is not legible. */
  readonly outputs: Properties;
}

/** Every key that a stack's state holds. */
export function managedKeys(state: State): ManagedKey[] {
  return state.resources.flatMap((resource) => {
    const { urn, type, outputs = {} } = resource;
    if (type !== resourceType) return [];
    const leaving = resource.delete === true || resource.pendingReplacement === true;
    const previous = previousOf(outputs);
    return [
      ...keyOf(urn, leaving ? "leaving" : "current", outputs),
      ...(previous ? keyOf(urn, leaving ? "leaving" : "previous", previous) : []),
    ];
  });
}

function keyOf(urn: string, role: ManagedKey["role"], outputs: Properties): ManagedKey[] {
  const { keyId } = outputs;
  return typeof keyId === "string" ? [{ keyId, resource: logicalName(urn), role, outputs }] : [];
}
