import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { preloading } from "../../support/engine/environment";
import { TestStack } from "../../support/engine/stack";
import { connectionsOf, programWith, type VendorCase, vendorCaseOf } from "../../support/engine/vendors";
import type { Trace, TracedRun } from "../trace";
import { Origins } from "./origins";
import { tracedRun } from "./run";
import { programs, type Scenario, type Step } from "./scenarios";

/** Plays a scenario on the real engine, against the sandbox, and tells what happened. */
export async function record({ title, vendor, steps }: Scenario): Promise<Trace> {
  const sandbox = await startSandbox();
  const stack = await TestStack.create({ program: "", env: connectionsOf(sandbox) });
  try {
    const stage = new Stage(vendor, sandbox, stack);
    const runs: TracedRun[] = [];
    for (const step of steps) runs.push(await stage.play(step));
    return { title, vendor, steps: runs };
  } finally {
    await stack.remove();
    await sandbox.close();
  }
}

class Stage {
  readonly #file: string;
  readonly #vendor: VendorCase;
  readonly #origins = new Origins();

  constructor(
    vendor: Trace["vendor"],
    private readonly sandbox: Sandbox,
    private readonly stack: TestStack,
  ) {
    this.#file = path.join(stack.dir, "trace.jsonl");
    this.#vendor = vendorCaseOf(vendor);
    stack.setEnv({
      NODE_OPTIONS: preloading(path.join(__dirname, "recorder.cjs")),
      APIKEYS_TRACE_FILE: this.#file,
    });
  }

  async play(step: Step): Promise<TracedRun> {
    if (step.before) this.#endKey(step.before);
    const { program } = step;
    this.stack.setProgram(
      program === null ? "" : programWith(this.#vendor, this.sandbox, programs[program] ?? ""),
    );
    this.stack.setEnv({ APIKEYS_TRACE_FAULT: step.fault ? JSON.stringify(step.fault) : "" });
    rmSync(this.#file, { force: true });
    const ending = await this.#run(step);
    const { deployment } = await this.stack.exportState({ showSecrets: true });
    return tracedRun(this.#origins, step, this.#log(), ending, deployment);
  }

  /** What an administrator does to the newest key. */
  #endKey(before: NonNullable<Step["before"]>): void {
    const { vendor } = this.#vendor;
    const key = this.sandbox.keys(vendor).findLast(({ live }) => live);
    if (key === undefined) throw new Error("There is no key for the scenario to end.");
    if (before === "revokes the key") this.sandbox.revokeOutOfBand(vendor, key.id);
    else this.sandbox.deactivateOutOfBand(vendor, key.id);
  }

  async #run({ run, preview, replace, fault }: Step): Promise<TracedRun["ending"]> {
    // One after the other, so that calls come in the order of the state.
    const args: string[] = [run, "--yes", "--parallel", "1"];
    if (!preview) args.push("--skip-preview");
    if (replace)
      args.push("--replace", (await this.stack.exportState()).deployment.resources.at(-1)?.urn ?? "");
    if (fault?.what !== "CLI is killed") {
      const { exitCode } = await this.stack.pulumi(args, { allowFailure: true });
      return exitCode === 0 ? "succeeded" : "failed";
    }
    const child = this.stack.spawn(args);
    while (!this.#log().includes(`"done":true`)) await delay(20);
    child.kill("SIGKILL");
    await once(child, "close");
    await this.stack.pulumi(["cancel", "--yes"]);
    return "killed";
  }

  #log(): string {
    return existsSync(this.#file) ? readFileSync(this.#file, "utf8") : "";
  }
}
