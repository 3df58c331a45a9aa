import type { CreateJournal, Properties } from "../../../provider/lifecycle";
import { text } from "../../../provider/lifecycle/properties";

/** Notes of creates, which outlive the provider processes that make them. */
export class Notes {
  #open: readonly Properties[] = [];

  get open(): readonly Properties[] {
    return this.#open;
  }

  strike(note: Properties): void {
    this.#open = this.#open.filter((other) => other !== note);
  }

  /** As a new provider process sees them: what is there already was left by one that died. */
  journal(): CreateJournal {
    let untold = this.#open;
    return {
      begin: async (what) => {
        const note: Properties = JSON.parse(JSON.stringify(what));
        this.#open = [...this.#open, note];
        return { end: () => this.strike(note) };
      },
      unfinished: async () => {
        const names = untold.map((note) => text(note, "name") ?? "without a name");
        untold = [];
        return names;
      },
    };
  }
}
