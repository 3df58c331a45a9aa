import { ApiKeysError, reasonOf } from "../../base/errors";
import { type Notice, warnings } from "../notice";
import type { KeyState } from "../state/key";

/** An operation that failed after it had done something which the state has to hold: a key and its value above all. */
export class PartialSuccessError extends ApiKeysError {
  override readonly name = "PartialSuccessError";

  constructor(
    readonly id: string,
    /** What is true now; hidden from whoever prints the error, for it holds the value. */
    state: KeyState,
    message: string,
  ) {
    super("PARTIAL_SUCCESS", message);
    this.#state = state;
  }

  readonly #state: KeyState;

  get state(): KeyState {
    return this.#state;
  }
}

/** The steps of one update: each that is done is kept, even when the next one fails. */
export class Progress {
  readonly #notices: Notice[] = [];
  #state: KeyState;
  #advanced = false;

  /** @param id the resource's, which an update never changes */
  constructor(
    private readonly id: string,
    state: KeyState,
  ) {
    this.#state = state;
  }

  get state(): KeyState {
    return this.#state;
  }

  get warnings(): readonly Notice[] {
    return this.#notices;
  }

  /** What is true after a step at the vendor. */
  advance(state: KeyState, messages: readonly string[] = []): void {
    this.#state = state;
    this.tell(messages);
    this.#advanced = true;
  }

  /** Adds what the user should know of a step that changed nothing in state. */
  tell(messages: readonly string[]): void {
    this.#notices.push(...warnings(messages));
  }

  /** Takes a step; when it fails after another was done, the error carries what is true by now. */
  async step<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      // It carries what is true, this step included.
      if (!this.#advanced || error instanceof PartialSuccessError) throw error;
      const reason = reasonOf(error);
      const told = this.#notices.map(({ message }) => message);
      throw new PartialSuccessError(this.id, this.#state, [...told, reason].join(" "));
    }
  }
}
