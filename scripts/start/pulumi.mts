import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { condenser } from "./condense.mts";
import { command, quote, TourFailure } from "./narrate.mts";
import { killTree } from "./processTree.mts";
import { projectDir } from "./workspace.mts";

export interface PulumiOptions {
  readonly binDir: string;
  readonly configFile: string;
  readonly env: NodeJS.ProcessEnv;
  /** The values of all keys that exist or existed: none may appear in the CLI's output. */
  readonly secrets: () => string[];
  readonly signal: AbortSignal;
}

/** The user interrupted the run, so there is nothing to report. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** The CLI, run in the checkout as a user would. */
export class Pulumi {
  readonly #options: PulumiOptions;
  #lastOutput = "";

  constructor(options: PulumiOptions) {
    this.#options = options;
  }

  /** The output of the last command that was shown to the user, without the values of keys. */
  get lastOutput(): string {
    return this.#lastOutput;
  }

  /**
   * Runs a command and shows it to the user.
   *
   * @returns its whole output
   * @throws {TourFailure} it fails, or shows the value of a key
   */
  async show(...args: string[]): Promise<string> {
    const called = ["pulumi", ...args].join(" ");
    command(called);
    const condense = condenser();
    const { code, output } = await this.#run(args, (line) => {
      for (const shown of condense(line)) quote(this.#withoutValues(shown));
    });
    this.#lastOutput = this.#withoutValues(output);
    if (code !== 0) throw new TourFailure(`\`${called}\` ended with exit code ${code}.`);
    if (output !== this.#lastOutput) throw new TourFailure(`\`${called}\` showed the value of a key.`);
    return output;
  }

  /**
   * Runs a command without showing it. Its output may have values.
   *
   * @returns its whole output
   * @throws {TourFailure} it fails
   */
  async quietly(...args: string[]): Promise<string> {
    const { code, output } = await this.#run(args, () => {});
    if (code === 0) return output;
    this.#lastOutput = this.#withoutValues(output);
    throw new TourFailure(`\`${["pulumi", ...args].join(" ")}\` ended with exit code ${code}.`);
  }

  #withoutValues(text: string): string {
    return this.#options.secrets().reduce((rest, value) => rest.replaceAll(value, "(a key's value)"), text);
  }

  #run(args: string[], onLine: (line: string) => void): Promise<{ code: number | null; output: string }> {
    const { binDir, configFile, env, signal } = this.#options;
    // The other commands look for settings in the state only, and do not know the option.
    const takesConfigFile = /^(config|preview|up|refresh|destroy)$/.test(args[0] ?? "");
    const plumbing = [
      "--non-interactive",
      "--color=never",
      ...(takesConfigFile ? ["--config-file", configFile] : []),
    ];
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new Interrupted());
      const child = spawn(join(binDir, "pulumi"), [...args, ...plumbing], {
        cwd: projectDir,
        env,
        stdio: ["ignore", "pipe", "pipe"],
        // Otherwise Ctrl-C would reach it too, and it would clean up a state that is deleted anyway.
        detached: process.platform !== "win32",
      });
      const stop = () => void (child.pid !== undefined && killTree(child.pid));
      signal.addEventListener("abort", stop);
      const said: string[] = [];
      for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on("line", (line) => {
          said.push(line);
          onLine(line);
        });
      }
      child.on("error", (error) => reject(new TourFailure(`pulumi can't be started: ${error.message}.`)));
      child.on("close", (code) => {
        signal.removeEventListener("abort", stop);
        if (signal.aborted) reject(new Interrupted());
        else resolve({ code, output: said.join("\n") });
      });
    });
  }
}
