import { ApiKeysError, reasonOf } from "../../base/errors";
import { omit } from "../../json/members";
import { datesAfter } from "../../rotation";
import type { CreatedKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { lifetimeEnd, withExpiry } from "../plan/lifetime";
import { withoutIdentityFields } from "../remote/identity";
import type { KeyInputs, KeyState } from "../state/key";
import { askedOf, identified, knownOf } from "../state/keyState";
import { mergeRemote, secretsTold } from "../state/mergeRemote";
import { changedInputs } from "../state/requestedValue";
import { askedSchedule, scheduleOf } from "../state/schedule";
import { unconfirmedAfter } from "../state/unconfirmed";
import { lostRotation } from "./lostRotation";
import { PartialSuccessError } from "./progress";

/**
 * Has the vendor give a key another value, by one request that is never repeated. The old value is then worth nothing.
 *
 * @param id the resource's
 * @throws {ApiKeysError} OUTCOME_UNKNOWN when the key may have another value, which was not received: it is still owed
 * @throws {PartialSuccessError} when it has one and not all of it could be recorded, or it is gone with its old value
 */
export async function rotateInPlace(
  operation: OperationContext,
  context: KeyContext,
  id: string,
  state: KeyState,
  inputs: KeyInputs,
): Promise<KeyState> {
  const { definition, label } = context;
  const key = await requested(operation, context, id, state, withExpiry(inputs, operation.now()));
  // From here on nothing may fail: the value is shown once.
  const renewed: KeyState = {
    ...begun(state, inputs, operation.now()),
    ...identified(context, key.id, key.value),
  };
  try {
    const secrets = secretsTold(definition, {}, key);
    const known = { ...renewed, fields: { ...renewed.fields, ...secrets } };
    // The end may be another with each value.
    const taken = omit(state.asked ?? {}, "expiresAt");
    const merged = mergeRemote(definition, known, key, operation.now(), taken);
    const told = changedInputs(definition, state.fields, merged.fields);
    return { ...known, ...merged, unconfirmed: unconfirmedAfter(definition, state, told) };
  } catch (error) {
    throw new PartialSuccessError(
      id,
      renewed,
      `The ${label} has another value, which is in state, but not all that ${definition.title} says of it could be ` +
        `recorded: ${reasonOf(error)}. Run \`pulumi refresh\`.`,
    );
  }
}

async function requested(
  operation: OperationContext,
  context: KeyContext,
  id: string,
  state: KeyState,
  asked: KeyInputs,
): Promise<CreatedKey> {
  const { vendor, pathParameters } = context;
  if (!vendor.rotate) throw new TypeError("The vendor gives no key another value.");
  try {
    return await vendor.rotate(pathParameters, knownOf(state), askedOf(asked));
  } catch (error) {
    if (!(error instanceof ApiKeysError) || error.code !== "OUTCOME_UNKNOWN") throw error;
    throw await lostRotation(operation, context, id, state, error);
  }
}

/** The key at the beginning of a period; what began it is done, so that a later step's failure does not ask for it again. */
function begun(state: KeyState, inputs: KeyInputs, nowMs: number): KeyState {
  const { rotation, expiresIn, service } = inputs;
  const { fields, ...key } = withoutIdentityFields(state);
  // Where the vendor does not tell the expiry, it is what was asked for.
  const expiresAt = lifetimeEnd(service.definition, expiresIn, nowMs) ?? fields.expiresAt;
  const dates = datesAfter(scheduleOf(state), askedSchedule(inputs), nowMs, true);
  return {
    ...key,
    fields: { ...fields, expiresAt },
    rotation,
    expiresIn,
    anchorAt: undefined,
    extendedAt: undefined,
    dueAt: undefined,
    ...dates,
    status: "active",
    valueAvailable: undefined,
  };
}
