import type { KeyContext, OperationContext } from "../context";
import { owesDelivery, planDeliveries } from "../plan/deliveries";
import type { KeyInputs } from "../state/key";
import { deliver, undelivered } from "./deliver";
import type { Progress } from "./progress";

/**
 * Brings the stores in line with the current key.
 *
 * @throws {ApiKeysError} DELIVERY_FAILED when one of them does not hold it
 */
export async function deliverCurrent(
  operation: OperationContext,
  { label }: KeyContext,
  progress: Progress,
  inputs: KeyInputs,
): Promise<void> {
  if (!owesDelivery(planDeliveries(progress.state, inputs))) return;
  const { state, failures } = await deliver(operation, progress.state, inputs);
  progress.advance(state);
  if (failures.length > 0) throw undelivered(label, failures, "The next `pulumi up` tries again.");
}
