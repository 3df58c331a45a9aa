import { ApiKeysError } from "../base/errors";
import { printable } from "../redaction/printable";
import { type KeyContext, type OperationContext, resolveKey } from "./context";
import { warnings } from "./notice";
import type { KeyInputs, KeyState } from "./state/key";
import { replacementInputs, withAskedName } from "./state/successorName";
import { adopt } from "./steps/adopt";
import { carriedMessages, withCarried, withoutAsking } from "./steps/carriedFields";
import { probeStores } from "./steps/deliver";
import { deliverAdopted, deliverCreated } from "./steps/deliverCreated";
import { type Creation, issueKey } from "./steps/issueKey";
import { PartialSuccessError } from "./steps/progress";

/**
 * Creates the key, or takes over the one that `adopt` names.
 *
 * @throws {ApiKeysError} when no key exists, or one may exist that this program must not revoke by guess
 */
export async function create(operation: OperationContext, inputs: KeyInputs): Promise<Creation> {
  const context = resolveKey(operation, inputs);
  const existing = typeof inputs.adopt === "string" ? inputs.adopt : undefined;
  const origin = existing === undefined ? operation.memory.adoptedOrigin(inputs) : undefined;
  const carried = existing === undefined ? origin?.fields : operation.memory.succeededAdoptions.get(existing);
  if (existing !== undefined && carried === undefined) {
    await probeStores(operation, inputs);
    return deliverAdopted(operation, context, await adopt(operation, context, inputs, existing));
  }
  const kept = carried ?? {};
  const succeed = (made: KeyState): KeyState => ({
    ...withoutAsking(withAskedName(made, inputs), kept),
    adoptedKeyId: origin?.adoptedKeyId,
  });
  await refuseOccupied(context);
  const replaced = operation.memory.replacedDeliveries(inputs);
  await probeStores(operation, inputs, replaced ?? []);
  try {
    const asked = withCarried(replacementInputs(operation, inputs), kept);
    const issued = await issueKey(operation, context, asked);
    const creation = await deliverCreated(operation, context, issued, replaced);
    return {
      ...creation,
      state: succeed(creation.state),
      warnings: [...creation.warnings, ...warnings(carriedMessages(context, kept))],
    };
  } catch (error) {
    if (!(error instanceof PartialSuccessError)) throw error;
    throw new PartialSuccessError(error.id, succeed(error.state), error.message);
  }
}

/**
 * A singleton's place has to be empty. Whether the vendor would refuse a second key or let it take the first one's place
 * must not be found out on a colleague's key.
 *
 * @throws {ApiKeysError} KEY_CONFLICT when there is a key already
 */
async function refuseOccupied({ definition, vendor, pathParameters, label }: KeyContext): Promise<void> {
  const present = definition.kind === "singleton" ? await vendor.get?.(pathParameters, "") : undefined;
  if (!present) return;
  throw new ApiKeysError(
    "KEY_CONFLICT",
    `The ${label} cannot be created: ${Object.values(pathParameters).join("/")} already has a key, ${printable(present.id)}, and can have only one. ` +
      `To take that key over, set adopt: ${JSON.stringify(printable(present.id))}; to start anew, revoke it at ${definition.title} first.`,
  );
}
