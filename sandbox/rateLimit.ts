/** Counts by whole seconds of the sandbox's clock, so that a test controls when a window ends. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, { second: number; requests: number }>();

  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  admits(client: string): boolean {
    const second = Math.floor(this.#now() / 1000);
    const window = this.#windows.get(client);
    const requests = window?.second === second ? window.requests + 1 : 1;
    this.#windows.set(client, { second, requests });
    return requests <= this.#perSecond;
  }
}
