/** Properties as the engine holds them: JSON. */
export type Bag = Readonly<Record<string, unknown>>;

/**
 * What the engine asks of a dynamic provider. The SDK's own part (`__provider`, the marks of secrets and unknowns) is
 * left out: it is the same in every call.
 */
export interface Provider {
  check(olds: Bag, news: Bag): Promise<Checked>;
  diff(id: string, olds: Bag, news: Bag): Promise<Difference>;
  /** @throws {PartialFailure} when there is now something to keep, though not all is well */
  create(inputs: Bag): Promise<{ readonly id: string; readonly outputs: Bag }>;
  /** Undefined when the resource is gone. */
  read(
    id: string,
    outputs: Bag,
  ): Promise<{ readonly outputs: Bag; readonly inputs?: Bag | undefined } | undefined>;
  /** @throws {PartialFailure} when a part of it was done */
  update(id: string, olds: Bag, news: Bag): Promise<Bag>;
  delete(id: string, outputs: Bag): Promise<void>;
}

export interface Checked {
  readonly inputs: Bag;
  readonly failures: readonly string[];
}

export interface Difference {
  /** Undefined leaves it to the engine, which compares the old inputs with the new ones. */
  readonly changes?: boolean | undefined;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** A failure after which the engine keeps what was done, and does an update at the next `up`. */
export class PartialFailure extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Bag,
    override readonly cause: Error,
  ) {
    super(cause.message);
  }
}

/** A provider process: a preview has one, and the operation after it another. */
export interface ProviderProcess {
  readonly provider: Provider;
  /** Rejects with a {@link Death} when this process or the CLI above it dies; never resolves. */
  readonly death: Promise<never>;
}

/** A process was killed. What it was doing is never heard of again. */
export class Death extends Error {
  constructor(readonly who: "CLI" | "provider") {
    super(`The ${who} was killed.`);
  }
}

/** Whether no process was left to receive an error or to write the state. */
export function diedWithCli(error: unknown): boolean {
  return error instanceof Death && error.who === "CLI";
}

/** A way to kill a process, and the promise that its callers wait for. */
export function lifeline(): { readonly death: Promise<never>; kill(who: Death["who"]): void } {
  let kill = (_: Death["who"]): void => {};
  const death = new Promise<never>((_, reject) => {
    kill = (who) => reject(new Death(who));
  });
  // A process may die while no call waits for it.
  death.catch(() => {});
  return { death, kill };
}
