/** Lets a bounded number of tasks run at once; more wait in the order they came. */
export class Queue {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param size tasks at once */
  constructor(size: number) {
    this.#free = size;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The slot is handed on rather than freed: a newcomer must not overtake.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
