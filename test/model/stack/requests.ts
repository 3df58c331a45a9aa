import type { Death } from "../../support/modelledEngine/provider";
import type { Faults, Kill, Troubles } from "./step";

type Fate<Kind extends keyof Faults> = Faults[Kind][number];

/** The requests of one command: what becomes of each, and at which one a process dies. */
export class Requests {
  #sent = 0;
  readonly #fates: { [Kind in keyof Faults]: Fate<Kind>[] };
  readonly #kill: Kill | undefined;

  /** @param onRequest called with each, as it is sent */
  constructor(
    { faults, kill }: Troubles,
    private readonly onRequest: () => void,
    private readonly die: (who: Death["who"]) => void,
  ) {
    this.#fates = {
      create: [...faults.create],
      list: [...faults.list],
      get: [...faults.get],
      tenant: [...faults.tenant],
      revoke: [...faults.revoke],
      store: [...faults.store],
    };
    this.#kill = kill;
  }

  async send<Kind extends keyof Faults, T>(
    kind: Kind,
    serve: (fate: Fate<Kind> | undefined) => Promise<T>,
  ): Promise<T> {
    const fatal = this.#kill?.request === this.#sent++ ? this.#kill : undefined;
    this.onRequest();
    if (fatal?.moment === "before commit") return this.#halt(fatal);
    const fate = this.#fates[kind].shift() as Fate<Kind> | undefined;
    const answer = serve(fate);
    if (!fatal) return answer;
    await answer.catch(() => {});
    return this.#halt(fatal);
  }

  /** A dead process does not go on. */
  #halt({ who }: Kill): Promise<never> {
    this.die(who);
    return new Promise(() => {});
  }
}
