import type { Clock } from "./clock";

/** Holds back every call of a client while the server asks for a pause. */
export class Gate {
  #openAt = 0;
  #opening: Promise<void> | undefined;

  constructor(private readonly clock: Clock) {}

  /** Closes the gate until this moment; one that is closed for longer stays so. */
  closeUntil(epochMs: number): void {
    this.#openAt = Math.max(this.#openAt, epochMs);
  }

  /** Milliseconds until it opens; 0 when it is open. */
  get remainingMs(): number {
    return Math.max(0, this.#openAt - this.clock.now());
  }

  /** Resolves when the gate has been waited for once; it may have been closed anew meanwhile. */
  wait(): Promise<void> {
    // One sleep for all who wait, so that they are let through at the same moment.
    this.#opening ??= this.clock.sleep(this.remainingMs).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }
}
