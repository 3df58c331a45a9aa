import { reasonOf } from "../../base/errors";
import { fingerprint } from "../../base/fingerprint";
import { fieldParts } from "../../delivery/fields";
import type { Stores } from "../../delivery/store";
import type { Delivery } from "../state/key";

/** A text that a store still holds; or why none gives it, in sentences without a full stop. */
export type ReadBack = { readonly text: string } | { readonly text?: undefined; readonly reasons: string[] };

/**
 * Reads back a value from the first of the places that shows it.
 *
 * @param part `value` or `previousValue`
 * @param known fingerprint of the value: what else stands there is somebody else's, or that of another key
 */
export async function readBack(
  stores: Stores,
  delivered: readonly Delivery[],
  part: string,
  known: string | undefined,
): Promise<ReadBack> {
  const reasons: string[] = [];
  for (const { target, place } of delivered) {
    const field = [...fieldParts(target)].find(([, name]) => name === part)?.[0];
    if (field === undefined) continue;
    try {
      const store = await stores.open(target);
      if (store.read === undefined) {
        reasons.push(`${place} does not show what it holds`);
        continue;
      }
      const text = (await store.read())?.[field];
      if (text !== undefined && fingerprint(text) === known) return { text };
      reasons.push(`${place} ${text === undefined ? "no longer holds it" : "holds another text"}`);
    } catch (error) {
      reasons.push(reasonOf(error).replace(/\.$/, ""));
    }
  }
  return { reasons };
}
