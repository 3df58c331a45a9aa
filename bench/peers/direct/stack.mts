import { join } from "node:path";
import { Child } from "../../process/child.mts";
import { CommandFailure, type Spent } from "../../process/command.mts";
import type { Operation, Setting, Stack } from "../peer.mts";
import type { DirectAnswer, DirectRequest, DirectSettings } from "./protocol.mts";

/** Requests under way at once, by our client's default. */
const concurrency = 8;

/** Keys held by a process of ours, without an engine and without a state. */
export class DirectStack implements Stack {
  readonly #child: Child;
  readonly #timeoutMs: number;

  private constructor(child: Child, timeoutMs: number) {
    this.#child = child;
    this.#timeoutMs = timeoutMs;
  }

  /** @param script name of the script that manages the keys */
  static async open(script: string, { keys, vendor, timeoutMs }: Setting): Promise<DirectStack> {
    const settings = JSON.stringify({ keys, vendor, concurrency } satisfies DirectSettings);
    const { child } = await Child.start(join(import.meta.dirname, script), [settings]);
    return new DirectStack(child, timeoutMs);
  }

  async run(operation: Operation): Promise<Spent> {
    const question = { operation } satisfies DirectRequest;
    const answer = await this.#child.ask<DirectAnswer>(question, this.#timeoutMs);
    if ("failure" in answer) throw new CommandFailure(`${operation} failed: ${answer.failure}`);
    return answer;
  }

  async prepare(): Promise<void> {
    await this.run("up");
  }

  stateBytes(): undefined {
    return undefined;
  }

  remove(): Promise<void> {
    return this.#child.stop();
  }
}
