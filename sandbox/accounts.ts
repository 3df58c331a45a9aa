import { credentialsOf } from "./credentials";
import type { SandboxCredentials, VendorName } from "./types";

/** Which credentials are good now. */
export class Accounts {
  readonly #generations: Record<VendorName, number> = { xentree: 0, applications: 0, sendkit: 0 };

  get credentials(): SandboxCredentials {
    return credentialsOf(this.#generations);
  }

  /** What a token of the vendor has to claim; those of another generation are refused. */
  generation(vendor: VendorName): number {
    return this.#generations[vendor];
  }

  rotate(vendor: VendorName): void {
    this.#generations[vendor]++;
  }
}
