import type { Bag } from "./provider";

/** A resource in state. */
export interface Resource {
  /** Logical name, which stands for the URN. */
  readonly name: string;
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  /** It was replaced, and is still to be deleted. */
  readonly delete?: true;
  /** It was deleted, and is still to be replaced. */
  readonly pendingReplacement?: true;
  /** Its last create or update failed partially. */
  readonly failed?: true;
}

/** An operation that has begun and, according to the state, has not ended. */
export interface PendingOperation {
  readonly type: "creating" | "updating" | "deleting";
  readonly name: string;
  readonly inputs: Bag;
}

export interface State {
  readonly resources: readonly Resource[];
  readonly pending: readonly PendingOperation[];
}

/** A stack's state, from which each operation of the engine starts: whatever was not written is lost. */
export class StateFile {
  #text = JSON.stringify({ resources: [], pending: [] } satisfies State);

  read(): State {
    return JSON.parse(this.#text);
  }

  write(state: State): void {
    this.#text = JSON.stringify(state);
  }
}
