import type { Accounts } from "./accounts";
import type { Reply } from "./http";
import type { KeyStore } from "./keys";
import type { Route } from "./routing";
import type { OutOfBandFields, SandboxKey, VendorName, WireKey } from "./types";

/** One vendor's API. Changes that come from no request use the vendor's own key ids and names. */
export interface Vendor {
  readonly name: VendorName;
  /** Every path that begins with this belongs to the vendor, existing or not. */
  readonly mount: string;
  readonly routes: readonly Route[];
  /** The vendor's own error shape for any status. */
  error(status: number): Reply;
  readonly keys: Pick<KeyStore<WireKey>, "all" | "dump" | "restore" | "revoke" | "change">;
  /** Creates a key without a request. */
  create(fields: OutOfBandFields): SandboxKey;
}

export interface VendorSettings {
  readonly accounts: Accounts;
  readonly now: () => number;
  readonly accessTokenLifetimeSeconds: number;
}

export const COLLEAGUES_KEY = "Made by a colleague";

/** The scope of a key that is created without a request. A misspelt one would hide the key from every client. */
export function scopeFrom(given: unknown, known: readonly string[], field: string): string {
  const scope = given ?? known[0];
  const found = known.find((candidate) => candidate === scope);
  if (found === undefined) throw new Error(`The sandbox has no ${field} "${scope}".`);
  return found;
}
