import type { Accounts } from "./accounts";
import type { Reply } from "./http";
import type { KeyStore } from "./keys";
import type { Route } from "./routing";
import type { OutOfBandFields, SandboxKey, VendorName, WireKey } from "./types";

/** One vendor's API. What happens behind its back goes by the vendor's own key ids and wire names. */
export interface Vendor {
  readonly name: VendorName;
  /** Every path that begins so is this vendor's, existing or not. */
  readonly mount: string;
  readonly routes: readonly Route[];
  /** The vendor's own error shape for any status. */
  error(status: number): Reply;
  readonly keys: Pick<KeyStore<WireKey>, "all" | "dump" | "restore" | "revoke" | "change">;
  /** A key that no client asked for. */
  create(fields: OutOfBandFields): SandboxKey;
}

export interface VendorSettings {
  readonly accounts: Accounts;
  readonly now: () => number;
  readonly accessTokenLifetimeSeconds: number;
}

export const COLLEAGUES_KEY = "Made by a colleague";

/** The scope an out-of-band key goes to; a misspelt one would make a key that no client can see. */
export function scopeFrom(given: unknown, known: readonly string[], field: string): string {
  const scope = given ?? known[0];
  const found = known.find((candidate) => candidate === scope);
  if (found === undefined) throw new Error(`The sandbox has no ${field} "${scope}".`);
  return found;
}
