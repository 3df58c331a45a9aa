import { ApiKeysError } from "../errors";
import type { Subject } from "./context";

/**
 * Revokes a key that must not stay.
 *
 * @throws {ApiKeysError} when the answer does not prove that it is gone
 */
export async function revokeProven({ vendor, parents }: Subject, keyId: string, name: string): Promise<void> {
  if ((await vendor.revoke(parents, keyId, name)) !== "unproven") return;
  throw new ApiKeysError("RESPONSE_INVALID", "the answer does not prove that it was revoked.");
}
