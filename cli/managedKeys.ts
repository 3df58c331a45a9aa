import { resourceType } from "../provider/base/resourceType";
import type { Properties } from "../provider/lifecycle";
import { previousOf } from "../provider/lifecycle/state/previous";
import { logicalName } from "./leftovers";
import type { State } from "./stack";

/** A key in a stack's state. */
export interface ManagedKey {
  readonly keyId: string;
  /** Logical name of its resource. */
  readonly resource: string;
  /**
   * `current` or, within an overlap, `previous`. A `leaving` key is that of a replaced resource: it was revoked, or the
   * next `up` or `destroy` revokes it.
   */
  readonly role: "current" | "previous" | "leaving";
  /** Its outputs in the state. Secrets are still encrypted. */
  readonly outputs: Properties;
}

/** Every key in a stack's state. */
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
