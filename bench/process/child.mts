import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A Node.js process of ours that answers one question at a time. */
export class Child {
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  /**
   * @param hello what the process says once it is ready
   * @throws when it ends before it has said that
   */
  static async start<Hello>(
    file: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<{ child: Child; hello: Hello }> {
    const child = new Child(fork(file, args, { env }));
    return { child, hello: (await child.#answer()) as Hello };
  }

  /**
   * @param timeoutMs after which the process is killed. Default: never
   * @throws when the process ends without an answer
   */
  async ask<Answer>(question: object, timeoutMs?: number): Promise<Answer> {
    const answer = this.#answer();
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => this.#process.kill("SIGKILL"), timeoutMs);
    this.#process.send(question);
    try {
      return (await answer) as Answer;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets the process end, and resolves when it has. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.disconnect();
    await ended;
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        this.#process.off("message", onMessage).off("exit", onExit);
        act();
      };
      const onMessage = (message: unknown) => settle(() => resolve(message));
      const onExit = (code: number | null) =>
        settle(() => reject(new Error(`${this.#process.spawnargs[1]} ended with exit code ${code}.`)));
      this.#process.on("message", onMessage).on("exit", onExit);
    });
  }
}
