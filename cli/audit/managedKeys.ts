import { resourceType } from "../../provider/base/resourceType";
import { type Properties, type RecordedKey, readState } from "../../provider/lifecycle";
import { previousOf } from "../../provider/lifecycle/state/keyState";
import { logicalName } from "../leftovers";
import type { State } from "../state";

/** A key in a stack's state. */
export interface ManagedKey {
  readonly keyId: string;
  /** Name of the stack. */
  readonly stack: string;
  /** Logical name of its resource. */
  readonly resource: string;
  /** How reports call the resource: by its logical name, and by its stack where there are several. */
  readonly label: string;
  /**
   * `current` or, within an overlap, `previous`. A `leaving` key is that of a replaced resource: it was revoked, or the
   * next `up` or `destroy` revokes it.
   */
  readonly role: "current" | "previous" | "leaving";
  /** Its outputs in the state. Secrets are still encrypted. */
  readonly outputs: Properties;
}

/**
 * Every key in a stack's state.
 *
 * @param stack how the stack is called where there are several. Default: as its resources tell
 */
export function managedKeys(state: State, stack?: string): ManagedKey[] {
  return state.resources.flatMap((resource) => {
    const { urn, type, outputs = {} } = resource;
    if (type !== resourceType) return [];
    const name = logicalName(urn);
    const leaving = resource.delete === true || resource.pendingReplacement === true;
    const keyOf = (keyId: unknown, role: ManagedKey["role"]): ManagedKey[] =>
      typeof keyId === "string"
        ? [
            {
              keyId,
              stack: stack ?? stackName(urn),
              resource: name,
              label: stack === undefined ? name : `${stack}/${name}`,
              role: leaving ? "leaving" : role,
              outputs,
            },
          ]
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

/** Names of the stack and the project in a URN: `urn:pulumi:<stack>::<project>::…`. */
const urnPattern = /^urn:pulumi:([^:]*)::([^:]*)::/;

function stackName(urn: string): string {
  return urnPattern.exec(urn)?.[1] ?? "";
}

/** Name of the project of a state; undefined for an empty one. */
export function projectIn({ resources: [first] }: State): string | undefined {
  return first && urnPattern.exec(first.urn)?.[2];
}
