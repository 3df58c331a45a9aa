import { ApiKeysError, reasonOf } from "../../base/errors";
import { sameField } from "../../definition/sameField";
import { omit, pick } from "../../json/members";
import { datesAfter } from "../../rotation";
import type { CreatedKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { lifetimeEnd, withExpiry } from "../plan/lifetime";
import { withoutIdentityFields } from "../remote/identity";
import type { KeyFields, KeyInputs, KeyState } from "../state/key";
import { askedOf, identified, knownOf } from "../state/keyState";
import { mergeRemote, secretsTold } from "../state/mergeRemote";
import { changedInputs, requestedValue } from "../state/requestedValue";
import { askedSchedule, scheduleOf } from "../state/schedule";
import { unconfirmedAfter, unconfirmedInputs } from "../state/unconfirmed";
import { lostRotation } from "./lostRotation";
import { PartialSuccessError } from "./progress";

/** A key with another value, and what the user should know of it. */
interface Renewed {
  readonly state: KeyState;
  readonly messages: readonly string[];
}

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
): Promise<Renewed> {
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
    const told = changedInputs(definition, known.fields, merged.fields);
    const drifted = driftedInputs(context, state, merged.fields, told);
    const fields = {
      ...omit(merged.fields, ...drifted),
      ...pick(known.fields, (name) => drifted.includes(name)),
    };
    const news = told.filter((name) => !drifted.includes(name));
    return {
      state: { ...known, ...merged, fields, unconfirmed: unconfirmedAfter(definition, state, news) },
      messages: driftMessages(context, drifted),
    };
  } catch (error) {
    throw new PartialSuccessError(
      id,
      renewed,
      `The ${label} has another value, which is in state, but not all that ${definition.title} says of it could be ` +
        `recorded: ${reasonOf(error)}. Run \`pulumi refresh\`.`,
    );
  }
}

/**
 * Inputs that an answer tells otherwise than a look did before, and not as they were asked either. Nobody asked for that,
 * so it is for the next look to find and for the `up` behind it to undo.
 */
function driftedInputs(
  { definition }: KeyContext,
  state: KeyState,
  told: KeyFields,
  names: readonly string[],
): string[] {
  const open = unconfirmedInputs(definition, state);
  return names.filter((name) => {
    const field = definition.fields[name];
    const isAsAsked = field !== undefined && sameField(field, requestedValue(state, name), told[name]);
    return name !== "expiresAt" && !open.includes(name) && !isAsAsked;
  });
}

function driftMessages({ definition, label }: KeyContext, drifted: readonly string[]): string[] {
  if (drifted.length === 0) return [];
  return [
    `The ${label} has another value, and ${definition.title} tells that it is no longer as it was in: ${drifted.join(", ")}. ` +
      "Somebody has changed it: run `pulumi refresh`, then `pulumi up`, which applies the program again.",
  ];
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
