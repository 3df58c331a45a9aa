import type { ModelKey } from "../../support/vendor/modelVendor";

/** Something that we did at the vendor. */
export interface Deed {
  /** `told` is a response, with the value, that a living process has received. */
  readonly did: "made" | "told" | "changed" | "revoked";
  readonly key: ModelKey;
  /** Whether a key that was revoked had opened anything until then. */
  readonly wasOfUse?: boolean;
  /** Whether the last list that was read before a key was made showed only a part of the keys. */
  readonly isBlind?: boolean;
}

/** The truth about the vendor's keys, which the program and its user may not know. */
export class Ledger {
  /** Serials of the keys that our requests made. */
  readonly #ours = new Set<number>();
  /** Serials of the keys that our requests revoked. */
  readonly #revoked = new Set<number>();
  /** What was done in the step that runs, or in the last one. */
  #deeds: Deed[] = [];
  #lastListWasCut = false;
  /** How many requests it has sent. */
  requests = 0;

  begin(): void {
    this.#deeds = [];
    this.#lastListWasCut = false;
    this.requests = 0;
  }

  made(key: ModelKey): void {
    this.#ours.add(key.serial);
    this.#deeds.push({ did: "made", key, isBlind: this.#lastListWasCut });
  }

  listed(isCut: boolean): void {
    this.#lastListWasCut = isCut;
  }

  told(key: ModelKey): void {
    this.#deeds.push({ did: "told", key });
  }

  changed(key: ModelKey): void {
    this.#deeds.push({ did: "changed", key });
  }

  revoked(key: ModelKey, wasOfUse: boolean): void {
    this.#revoked.add(key.serial);
    this.#deeds.push({ did: "revoked", key, wasOfUse });
  }

  get deeds(): readonly Deed[] {
    return this.#deeds;
  }

  isOurs({ serial }: ModelKey): boolean {
    return this.#ours.has(serial);
  }

  revokedByUs({ serial }: ModelKey): boolean {
    return this.#revoked.has(serial);
  }
}
