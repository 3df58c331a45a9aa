import { ApiKeysError } from "../../base/errors";
import type { ServiceDefinition } from "../../definition/definition";
import { datesOf, type Schedule, successorAnchorMs } from "../../rotation";
import type { CreatedKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { withoutIdentityFields } from "../remote/identity";
import { mergeRemote, secretsTold } from "../state/outputs";
import { type Properties, pick } from "../state/properties";
import { identified, withExpiry } from "./issueKey";
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
  outputs: Properties,
  inputs: Properties,
): Promise<Properties> {
  const key = await requested(
    operation,
    context,
    id,
    outputs,
    withExpiry(context.definition, inputs, operation.now()),
  );
  // From here on nothing may fail: the value is shown once.
  const dated = renewed(operation, context.definition, outputs, inputs);
  try {
    const secrets = secretsTold(context.definition, {}, key);
    const seen = mergeRemote(context.definition, { ...dated, ...secrets }, key, operation.now());
    return { ...seen, ...identified(context, key.id, key.value) };
  } catch (error) {
    throw new PartialSuccessError(
      id,
      { ...dated, ...identified(context, key.id, key.value) },
      `The ${context.label} has another value, which is in state, but not all that ${context.definition.title} says of it could be ` +
        `recorded: ${error instanceof Error ? error.message : String(error)}. Run \`pulumi refresh\`.`,
    );
  }
}

async function requested(
  operation: OperationContext,
  context: KeyContext,
  id: string,
  outputs: Properties,
  asked: Properties,
): Promise<CreatedKey> {
  const { vendor, pathParameters } = context;
  if (!vendor.rotate) throw new TypeError("The vendor gives no key another value.");
  try {
    return await vendor.rotate(pathParameters, outputs, asked);
  } catch (error) {
    if (!(error instanceof ApiKeysError) || error.code !== "OUTCOME_UNKNOWN") throw error;
    throw await lostRotation(operation, context, id, outputs, error);
  }
}

/** The key at the beginning of a period; what began it is done, so that a later step's failure does not ask for it again. */
function renewed(
  operation: OperationContext,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): Properties {
  const now = operation.now();
  const {
    anchorAt: _,
    extendedAt: __,
    dueAt: ___,
    valueAvailable: ____,
    ...key
  } = withoutIdentityFields(outputs);
  const { rotation, expiresIn } = inputs;
  // Where the vendor does not tell the expiry, it is what was asked for.
  const { expiresAt } = withExpiry(definition, { expiresAt: outputs.expiresAt, expiresIn }, now);
  const dates = datesOf(inputs as Schedule, successorAnchorMs(outputs, inputs, now), now);
  return pick({ ...key, rotation, expiresIn, expiresAt, ...dates, status: "active" }, () => true);
}
