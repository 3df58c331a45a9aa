import type { RemoteKey } from "../../vendor";
import type { KeyContext } from "../context";

/** The keys that the vendor's list shows; only `completeList` proves what it lacks to be absent. */
export async function visibleKeys(
  { vendor, pathParameters }: KeyContext,
  freshness: "shared" | "fresh",
): Promise<readonly RemoteKey[] | undefined> {
  return vendor.listVisible
    ? vendor.listVisible(pathParameters, freshness)
    : vendor.list?.(pathParameters, freshness);
}

/** A list that proves the absence of each key that is not on it. */
export async function completeList(
  { vendor, pathParameters }: KeyContext,
  list: readonly RemoteKey[],
): Promise<readonly RemoteKey[]> {
  return vendor.completeList ? vendor.completeList(pathParameters, list) : list;
}
