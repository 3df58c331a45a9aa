import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Store, Target } from "../../../provider/delivery/store";

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: { readonly name: string; readonly code: string; readonly message: string };
}

/** The stores, used in a process of their own, over what was built. */
export class SeparateStores {
  /** What the process has printed. */
  output = "";
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #count = 0;

  /** @param config text of `apikeys:stores` */
  constructor(environment: Readonly<Record<string, string>>, config?: string) {
    const { PATH = "", HOME = "" } = process.env;
    this.#child = fork(path.join(__dirname, "storeProcess.js"), [], {
      execPath: process.execPath,
      execArgv: [],
      // JSON has no undefined.
      serialization: "advanced",
      env: { PATH, HOME, ...environment, ...(config !== undefined && { TEST_STORES_CONFIG: config }) },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
    this.#child.on("message", (answer: Answer) => this.#waiting.get(answer.id)?.(answer));
    this.#child.on("exit", () => {
      const failure = { name: "Error", code: "ENDED", message: `The process has ended:\n${this.output}` };
      for (const [id, settle] of this.#waiting) settle({ id, failure });
    });
  }

  async open(target: Target): Promise<Store> {
    const ask =
      (act: string) =>
      async (...args: unknown[]) =>
        (await this.#ask(target, act, args)) as never;
    const label = await ask("label")();
    const acts = ["probe", "read", "write", "look", "remove"];
    return { label, ...Object.fromEntries(acts.map((act) => [act, ask(act)])) } as unknown as Store;
  }

  async #ask(target: Target, act: string, args: readonly unknown[]): Promise<unknown> {
    const id = this.#count++;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, resolve);
    this.#child.send({ id, target, act, args });
    const { value, failure } = await promise;
    this.#waiting.delete(id);
    if (failure !== undefined) {
      const { message, name, code } = failure;
      throw Object.assign(new Error(message), { name, code });
    }
    return value;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
  }
}
