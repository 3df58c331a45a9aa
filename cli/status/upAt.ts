import { ApiKeysError } from "../../provider/base/errors";
import { Connections } from "../../provider/connection/connections";
import {
  check,
  diff,
  type KeyInputs,
  type KeyState,
  type OperationContext,
  OperationMemory,
} from "../../provider/lifecycle";
import { owesDelivery } from "../../provider/lifecycle/plan/deliveries";
import { type PlannedSteps, planSteps } from "../../provider/lifecycle/plan/steps";
import type { RenewalReason } from "../../provider/rotation";

/** Something that an `up` does with a key. */
export interface UpAction {
  /**
   * `renew` makes another key beside this one, `replace` in its place, and `renew-value` gives it another value; `create`
   * makes the key anew that is gone; `revoke-replaced` finishes a replacement; `fail` ends the `up`.
   */
  readonly does:
    | "create"
    | "renew"
    | "renew-value"
    | "replace"
    | "update"
    | "deliver"
    | "revoke-previous"
    | "revoke-replaced"
    | "look-for-lost-create"
    | "fail";
  /** Why, in words that follow a colon. */
  readonly why?: string;
}

/** A key as the program asked for it last, and as it is. */
export interface KnownKey {
  /** Logical name of its resource. */
  readonly name: string;
  readonly state: KeyState;
  /** The inputs of the last `up`, or of a look at the key since. */
  readonly before: KeyInputs;
  /** What the program asks, as far as the last `up` tells. */
  readonly asked: KeyInputs;
}

/**
 * What an `up` of the unchanged program does with a key at a moment. The provider's own plan tells; nothing is sent.
 *
 * @param operation of which only the vendors' code is used, and no credential
 */
export function upAt(operation: OperationContext, key: KnownKey, atMs: number): UpAction[] {
  const { name, state, before, asked } = key;
  const then = offline(operation, state, atMs);
  try {
    const { inputs, failures } = check(then, name, before, asked);
    if (failures.length > 0) return failures.map((why) => ({ does: "fail", why }));
    // It refuses what cannot be done.
    diff(then, state, inputs);
    return actionsOf(planSteps(then, state, inputs), state);
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    return [{ does: "fail", why: error.message }];
  }
}

/** The same operation at another moment, with a connection that leads to where the key is: nobody is asked anything. */
function offline(
  operation: OperationContext,
  { service, connection, origin }: KeyState,
  atMs: number,
): OperationContext {
  const [names = []] = service.definition.credentials;
  const credentials = Object.fromEntries(names.map((credential) => [credential, "-"]));
  return {
    ...operation,
    connections: new Connections(JSON.stringify({ [connection]: { baseUrl: origin, ...credentials } }), {}),
    memory: new OperationMemory({ begin: async () => ({ end: () => {} }), unfinished: async () => [] }),
    now: () => atMs,
  };
}

const reasons: Readonly<Record<RenewalReason, (state: KeyState) => string>> = {
  rotation: () => "rotation.triggers has changed",
  dueAt: () => "it is due",
  status: ({ status }) =>
    status === "rotated" ? "it was given another value at the vendor" : `it is ${status}`,
  delivered: () => "a store lacks its value, which the state does not hold",
};

function actionsOf(steps: PlannedSteps, state: KeyState): UpAction[] {
  const { by, reason, fields, elsewhere, updates, deliveries, previousRevocation } = steps;
  const changed = [...elsewhere, ...fields];
  const why = reason === undefined ? `${changed.join(" and ")} is asked otherwise` : reasons[reason](state);
  const actions: UpAction[] = [];
  if (elsewhere.length > 0 || (by === "key" && !steps.rotatesWithOverlap))
    actions.push({ does: "replace", why });
  else if (by === "key") actions.push({ does: "renew", why });
  else if (by === "value") actions.push({ does: "renew-value", why });
  if (updates.length > 0) actions.push({ does: "update", why: updates.join(" and ") });
  if (previousRevocation !== undefined)
    actions.push({ does: "revoke-previous", why: "its overlap has ended" });
  if (owesDelivery(deliveries)) actions.push({ does: "deliver" });
  if (state.unsettledSince !== undefined) actions.push({ does: "look-for-lost-create" });
  return actions;
}
