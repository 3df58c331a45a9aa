import { credentialsOf } from "./credentials";
import type { SandboxCredentials, VendorName } from "./types";

/** The credentials that are valid now. */
export class Accounts {
  readonly #generations: Record<VendorName, number> = { xentree: 0, applications: 0, sendkit: 0 };

  get credentials(): SandboxCredentials {
    return credentialsOf(this.#generations);
  }

  /** The generation that a token of the vendor has to claim; others are refused. */
  generation(vendor: VendorName): number {
    return this.#generations[vendor];
  }

  rotate(vendor: VendorName): void {
    this.#generations[vendor]++;
  }
}
