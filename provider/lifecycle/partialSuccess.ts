import { ApiKeysError } from "../errors";
import type { Properties } from "./properties";

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
