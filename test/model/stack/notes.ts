import type { CreateJournal, Properties } from "../../support/lifecycle/lifecycle";

/** Notes of creates, which outlive the provider processes that make them. */
export class Notes {
  #open: readonly Properties[] = [];

  get open(): readonly Properties[] {
    return this.#open;
  }

  strike(note: Properties): void {
    this.#open = this.#open.filter((other) => other !== note);
  }

  journal(): CreateJournal {
    return {
      begin: async (what) => {
        const note: Properties = JSON.parse(JSON.stringify(what));
        this.#open = [...this.#open, note];
        return { end: () => this.strike(note) };
      },
      unfinished: async () => [],
    };
  }
}
