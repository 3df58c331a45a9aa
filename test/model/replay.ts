import { isDeepStrictEqual } from "node:util";
import {
  type Bag,
  type Death,
  lifeline,
  PartialFailure,
  type Provider,
  type ProviderProcess,
} from "../support/modelledEngine/provider";
import { type Answer, type Call, type Origin, ordered, type TracedRun } from "./trace";

/** Properties of which only the origin is known. */
export function bagOf(origin: Origin): Bag {
  return origin === "nothing" ? {} : { origin };
}

export function originOf(bag: Bag): Origin {
  return String(bag.origin ?? "nothing");
}

/** The provider processes of one run of the CLI, which answer as those in the recording did. */
export class Replay {
  readonly #processes: Call[][] = [];
  readonly #recorded: Call[][];
  readonly #killed: Death["who"];

  constructor({ processes, fault }: TracedRun) {
    this.#recorded = processes.map((calls) => [...calls]);
    this.#killed = fault?.what === "CLI is killed" ? "CLI" : "provider";
  }

  /** The calls that came, as a recording tells them. */
  get processes(): Call[][] {
    return this.#processes.map(ordered);
  }

  start(): ProviderProcess {
    const { death, kill } = lifeline();
    return { provider: this.#provider(() => kill(this.#killed)), death };
  }

  #provider(die: () => void): Provider {
    // Only a process that is asked something is in the recording.
    let here: { came: Call[]; recorded: Call[] } | undefined;
    const ask = async (question: Omit<Call, "answer">): Promise<Answer> => {
      here ??= { came: [], recorded: this.#recorded.shift() ?? [] };
      if (here.came.length === 0) this.#processes.push(here.came);
      const index = here.recorded.findIndex(({ answer: _, ...asked }) => isDeepStrictEqual(asked, question));
      const [found] = index < 0 ? [] : here.recorded.splice(index, 1);
      const answer = found?.answer ?? "fails";
      here.came.push({ ...question, answer });
      if (answer === "fails") throw new Error("The recording has this call fail, or does not have it.");
      if (answer !== "never comes") return answer;
      die();
      return new Promise(() => {});
    };
    return {
      check: async (olds, news) => {
        const answer = await ask({ call: "check", olds: originOf(olds), news: originOf(news) });
        return { inputs: inputsOf(answer), failures: answer.valid ? [] : ["It is wrong."] };
      },
      diff: async (id, olds, news) => {
        const answer = await ask({ call: "diff", id, olds: originOf(olds), news: originOf(news) });
        const { changes, replaces, deleteBeforeReplace = false } = answer;
        return { changes, replaces: replaces ? ["something"] : [], deleteBeforeReplace };
      },
      create: async (inputs) => keyOf(await ask({ call: "create", news: originOf(inputs) })),
      read: async (id, outputs) => {
        const answer = await ask({ call: "read", id, olds: originOf(outputs) });
        if (answer.id === undefined) return undefined;
        return { ...keyOf(answer), ...(answer.inputs && { inputs: inputsOf(answer) }) };
      },
      update: async (id, olds, news) =>
        keyOf(await ask({ call: "update", id, olds: originOf(olds), news: originOf(news) })).outputs,
      delete: async (id, outputs) => void (await ask({ call: "delete", id, olds: originOf(outputs) })),
    };
  }
}

function inputsOf({ inputs = "nothing" }: Answer): Bag {
  return bagOf(inputs);
}

function keyOf({ id = "", outputs = "nothing", partial }: Answer) {
  if (partial) throw new PartialFailure(id, bagOf(outputs), new Error("The recording has this call fail."));
  return { id, outputs: bagOf(outputs) };
}
