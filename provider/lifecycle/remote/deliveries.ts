import { reasonOf } from "../../base/errors";
import type { Written } from "../../delivery/store";
import type { OperationContext } from "../context";
import type { Delivery, KeyState } from "../state/key";

/** How the deliveries of a key were found, and what the user should know of them. */
interface FoundDeliveries {
  readonly delivered: KeyState["delivered"];
  readonly messages: readonly string[];
}

/** Looks whether the stores still hold what was written. A store that cannot be asked tells nothing. */
export async function lookAtDeliveries(
  operation: OperationContext,
  { delivered }: KeyState,
): Promise<FoundDeliveries> {
  const messages: string[] = [];
  const found = await Promise.all((delivered ?? []).map((one) => lookAt(operation, one, messages)));
  return { delivered: delivered && found, messages };
}

async function lookAt(
  operation: OperationContext,
  delivery: Delivery,
  messages: string[],
): Promise<Delivery> {
  const { target, written, attempted, status, place } = delivery;
  if (written === undefined && attempted === undefined) return delivery;
  try {
    const store = await operation.stores.open(target);
    if (status === "failed" && attempted !== undefined && store.read !== undefined) {
      const arrived: Written = { fields: attempted, receipt: written?.receipt ?? {} };
      if ((await store.look(arrived)) === "unchanged") {
        return { ...delivery, status: "delivered", written: arrived, attempted: undefined };
      }
    }
    if (written === undefined) return delivery;
    const look = await store.look(written);
    if (status === "failed" && look === "unchanged") return delivery;
    if (look === "unchanged") return { ...delivery, status: "delivered" };
    if (status === "delivered") {
      messages.push(
        `${place} ${look === "missing" ? "no longer holds the key" : "was changed by somebody else since the key was delivered"}. The next \`pulumi up\` delivers it again.`,
      );
    }
    return { ...delivery, status: look };
  } catch (error) {
    messages.push(`It is not known whether ${place} still holds the key: ${reasonOf(error)}`);
    return delivery;
  }
}
