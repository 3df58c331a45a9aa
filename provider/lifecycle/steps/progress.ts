import { ApiKeysError } from "../../base/errors";
import type { Properties } from "../state/properties";

/** The steps of one update: each that is done is kept, even when the next one fails. */
export class Progress {
  readonly #warnings: string[] = [];
  #outputs: Properties;
  #advanced = false;

  /** @param id the resource's, which an update never changes */
  constructor(
    private readonly id: string,
    outputs: Properties,
  ) {
    this.#outputs = outputs;
  }

  get outputs(): Properties {
    return this.#outputs;
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** What is true after a step at the vendor. */
  advance(outputs: Properties, warnings: readonly string[] = []): void {
    this.#outputs = outputs;
    this.#warnings.push(...warnings);
    this.#advanced = true;
  }

  /** Takes a step; when it fails after another was done, the error carries what is true by now. */
  async step<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      // It carries what is true, this step included.
      if (!this.#advanced || error instanceof PartialSuccessError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new PartialSuccessError(this.id, this.#outputs, [...this.#warnings, reason].join(" "));
    }
  }
}

/** An operation that failed after it had done something which the state has to hold: a key and its value above all. */
export class PartialSuccessError extends ApiKeysError {
  override readonly name = "PartialSuccessError";

  constructor(
    readonly id: string,
    /** What is true now; hidden from whoever prints the error, for it holds the value. */
    outputs: Properties,
    message: string,
  ) {
    super("PARTIAL_SUCCESS", message);
    this.#outputs = outputs;
  }

  readonly #outputs: Properties;

  get outputs(): Properties {
    return this.#outputs;
  }
}
