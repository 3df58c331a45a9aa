import { isDeepStrictEqual } from "node:util";
import { type DiffRequest, DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import { received } from "../propertyStruct";

/**
 * Other settings are taken in place: no key is made anew because of a credential. A key that would then be somebody
 * else's is told by its origin and tenant.
 */
export async function diffConfig(request: DiffRequest): Promise<DiffResponse> {
  const before = received(request.getOldInputs() ?? request.getOlds()).properties;
  const now = received(request.getNews()).properties;
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], now[name]));
  const response = new DiffResponse();
  response.setChanges(
    changed.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE,
  );
  response.setDiffsList(changed);
  return response;
}
