import type { ModelKey } from "../../support/vendor/modelVendor";

/** Something that we did at the vendor. */
export interface Deed {
  /** `told` is a response, with the value, that a living process has received. */
  readonly did: "made" | "told" | "revoked";
  readonly key: string;
  /** Whether a key that was revoked had opened anything until then. */
  readonly wasOfUse?: boolean;
}

/** The truth about the vendor's keys, which the program and its user may not know. */
export class Ledger {
  /** Ids of the keys that our requests made. */
  readonly #ours = new Set<string>();
  /** Ids of the keys that our requests revoked. */
  readonly #revoked = new Set<string>();
  /** What was done in the step that runs, or in the last one. */
  #deeds: Deed[] = [];
  /** How many requests it has sent. */
  requests = 0;

  begin(): void {
    this.#deeds = [];
    this.requests = 0;
  }

  made({ id }: ModelKey): void {
    this.#ours.add(id);
    this.#deeds.push({ did: "made", key: id });
  }

  told({ id }: ModelKey): void {
    this.#deeds.push({ did: "told", key: id });
  }

  revoked({ id }: ModelKey, wasOfUse: boolean): void {
    this.#revoked.add(id);
    this.#deeds.push({ did: "revoked", key: id, wasOfUse });
  }

  get deeds(): readonly Deed[] {
    return this.#deeds;
  }

  isOurs({ id }: ModelKey): boolean {
    return this.#ours.has(id);
  }

  revokedByUs({ id }: ModelKey): boolean {
    return this.#revoked.has(id);
  }
}
