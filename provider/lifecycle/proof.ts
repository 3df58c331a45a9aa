import type { RemoteKey } from "../service/wire/key";
import type { Subject } from "./context";

/** Which of the vendor's answers can prove that there is no such key. */
export function proofsOf({ definition, vendor }: Subject): { list: boolean; get: boolean } {
  const { list, get } = definition.operations;
  return {
    list: vendor.list !== undefined && list?.provesAbsence !== false,
    get: vendor.get !== undefined && get?.provesAbsence !== false,
  };
}

/** A list that proves what it lacks to be absent. */
export async function settled(
  { vendor, parents }: Subject,
  list: readonly RemoteKey[],
): Promise<readonly RemoteKey[]> {
  return vendor.settle ? vendor.settle(parents, list) : list;
}
