import { ApiKeysError } from "../errors";
import type { RemoteKey } from "../service/mapping";
import { subjectOf, type World } from "./context";
import { keysNamed } from "./presence";
import { type Properties, text } from "./properties";
import { revokeProven } from "./revokeProven";

/** What an interrupted create may have left at the vendor. */
export interface Leftover {
  /** How messages call the key. */
  readonly label: string;
  /** Keys that bear the name of the interrupted create and are in no state. */
  readonly keys: readonly RemoteKey[];
  /** Whether the name was made up by us, so that nobody else's key can bear it. */
  readonly ours: boolean;
  /** Revokes one of them. */
  revoke(key: RemoteKey): Promise<void>;
}

/**
 * Looks for the key of a create that was interrupted, by the exact name in the engine's pending operation.
 *
 * @param inputs of the pending operation
 * @param tracked ids of the keys that the stack's state knows
 * @throws {ApiKeysError} when the vendor's answer is no complete list
 */
export async function leftover(
  world: World,
  inputs: Properties,
  tracked: ReadonlySet<string>,
): Promise<Leftover> {
  const subject = subjectOf(world, inputs);
  const name = text(inputs, "name");
  if (name === undefined) {
    throw new ApiKeysError(
      "ORPHAN_SUSPECTED",
      `${subject.definition.title} keys have no name by which to find it. Look for a key that nobody uses, revoke it at the vendor, ` +
        "and clear the operation with `pulumi refresh --clear-pending-creates`.",
    );
  }
  // Taking a key over makes none.
  const named = inputs.adopt === undefined ? await keysNamed(subject, name) : [];
  return {
    label: subject.label,
    keys: named.filter((key) => !tracked.has(key.id)),
    ours: inputs.autonamed === true,
    revoke: (key) => revokeProven(subject, key.id, text(key.fields, "name") ?? name),
  };
}
