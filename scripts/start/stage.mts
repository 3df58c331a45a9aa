import type { JournalEntry, Sandbox } from "../../dist/sandbox/index.js";
import { everyValue, liveKeys, type Outputs, TOUR_KEYS, use } from "./keys.mts";
import { check, say, table } from "./narrate.mts";
import { Pulumi } from "./pulumi.mts";
import { environment, STACK, stateOnDisk, type Workspace } from "./workspace.mts";

/** The workspace and sandbox of the tour's steps, and checks that several of them make. */
export class Stage {
  readonly sandbox: Sandbox;
  readonly pulumi: Pulumi;
  readonly #workspace: Workspace;
  /** The stack's outputs, values included, as they were last read. */
  outputs: Outputs = {};

  constructor(workspace: Workspace, sandbox: Sandbox, binDir: string, signal: AbortSignal) {
    this.#workspace = workspace;
    this.sandbox = sandbox;
    this.pulumi = new Pulumi({
      binDir,
      configFile: workspace.configFile,
      env: environment(workspace, binDir, sandbox),
      secrets: () => everyValue(sandbox),
      signal,
    });
  }

  /** Makes the stack, whose settings land in the workspace. */
  async open(): Promise<void> {
    await this.pulumi.quietly("stack", "init", STACK, "--cwd", this.#workspace.dir);
  }

  /** Runs a command, and prints the requests that the vendors received. */
  async listen(...args: string[]): Promise<{ output: string; heard: JournalEntry[] }> {
    this.sandbox.journal.clear();
    const output = await this.pulumi.show(...args);
    const heard = this.sandbox.journal.entries();
    say("The vendors heard:");
    const requestsTo = (vendor: string) =>
      heard.filter((entry) => entry.vendor === vendor).map(({ method, status }) => `${method} ${status}`);
    table(TOUR_KEYS.map(({ title, vendor }) => [title, requestsTo(vendor).join(", ") || "nothing"]));
    return { output, heard };
  }

  /** Reads the outputs as `--show-secrets` gives them. The values stay in this process. */
  async readOutputs(): Promise<void> {
    this.outputs = JSON.parse(await this.pulumi.quietly("stack", "output", "--json", "--show-secrets"));
  }

  /** Uses the keys in some outputs, each at its vendor. */
  async checkUse(claim: string, outputs: Outputs, expected: number): Promise<void> {
    const answers = await Promise.all(TOUR_KEYS.map((key) => use(this.sandbox, key, outputs)));
    check(
      `${claim}: ${perVendor(answers)}`,
      answers.every((status) => status === expected),
      `every vendor had to answer ${expected}, but the answers were: ${perVendor(answers)}.`,
    );
  }

  checkLiveKeys(claim: string, expected: number): void {
    const counts = TOUR_KEYS.map(({ vendor }) => liveKeys(this.sandbox, vendor).length);
    check(
      claim,
      counts.every((count) => count === expected),
      `every vendor had to have ${expected} live keys, but there are: ${perVendor(counts)}.`,
    );
  }

  /** Nothing was sent since the journal was cleared. */
  checkSilence(claim: string): void {
    const requests = this.sandbox.journal.count();
    check(claim, requests === 0, `the vendors got ${requests} requests instead of none.`);
  }

  async checkStateIsSealed(claim: string): Promise<void> {
    const text = await stateOnDisk(this.#workspace);
    const plain = everyValue(this.sandbox).filter((value) => text.includes(value)).length;
    // A folder without encrypted values is not the state's.
    const sealed = text.includes('"ciphertext"') && plain === 0;
    check(claim, sealed, `the state on disk shows ${plain} values, or has no encrypted ones.`);
  }
}

function perVendor(facts: readonly number[]): string {
  return TOUR_KEYS.map(({ title }, at) => `${title} ${facts[at]}`).join(", ");
}
