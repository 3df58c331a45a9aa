import type { Store } from "./store";

/** The changes of one place, one after the other: each reads what the one before has left. */
export class Turn {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(act, act);
    this.#last = mine.catch(() => {});
    return mine;
  }
}

/** A store whose changes wait for others of the same place, where the place itself knows no conditional write. */
export function inTurn(store: Store, turn: Turn): Store {
  return {
    ...store,
    write: (content, before) => turn.take(() => store.write(content, before)),
    remove: (written) => turn.take(() => store.remove(written)),
  };
}
