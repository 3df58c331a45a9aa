import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { testedHost } from "../testedHost";
import { sharedPlugins } from "./compiled";
import { stateFileOf, writeEmptyStack } from "./emptyStack";
import { engineEnvironment, repository } from "./environment";
import { processesIn } from "./processes";
import { type ExportedState, StateFile, type StateResource } from "./stateFile";

export interface RunResult {
  readonly exitCode: number;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
  readonly stdout: string;
}

/** Source of a program, CommonJS; or what writes a project of its own, with `Pulumi.yaml`, into a folder. */
export type Program = string | ((dir: string) => void);

export interface StackOptions {
  readonly program: Program;
  readonly env?: Record<string, string>;
  readonly name?: string;
}

/** A program whose keys are run by the host that this run of the tests is about. */
function onTestedHost(source: string): string {
  return testedHost === "plugin" ? source.replaceAll('"pulumi-apikeys"', '"pulumi-apikeys/plugin"') : source;
}

const projectFile = "name: project\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";

/** A Pulumi project with one stack in a temporary folder, driven through the real CLI. */
export class TestStack {
  private constructor(
    private readonly root: string,
    readonly dir: string,
    private readonly name: string,
    readonly env: NodeJS.ProcessEnv,
  ) {}

  static async create({ program, env = {}, name = "dev" }: StackOptions): Promise<TestStack> {
    const root = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-test-"));
    const dir = path.join(root, "project");
    const folders = { home: path.join(dir, "home"), state: path.join(dir, "state") };
    for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
    const stack = new TestStack(root, dir, name, {
      ...engineEnvironment(folders.home, folders.state),
      ...env,
    });
    if (testedHost === "plugin") stack.lendPlugin();
    stack.lendModules(path.join(repository, "node_modules"));
    writeFileSync(path.join(dir, "package.json"), JSON.stringify({ name: "project", private: true }));
    if (typeof program === "string") {
      writeFileSync(path.join(dir, "Pulumi.yaml"), projectFile);
      stack.setProgram(program);
    } else program(dir);
    writeEmptyStack({ dir, home: folders.home, ...stack.#stored });
    return stack;
  }

  /**
   * Has Node.js find the libraries of this folder, and no others but those of the project's own. They are lent above the
   * project, because in each command the language host reads all folders that the project holds.
   */
  lendModules(folder: string): void {
    this.withdrawModules();
    symlinkSync(folder, this.#lent);
  }

  /** Has the engine find the plugin that is compiled once for all stacks. */
  lendPlugin(): void {
    symlinkSync(sharedPlugins, path.join(String(this.env.PULUMI_HOME), "plugins"));
  }

  /** Leaves the project with libraries of its own alone. */
  withdrawModules(): void {
    rmSync(this.#lent, { force: true });
  }

  get #lent(): string {
    return path.join(this.root, "node_modules");
  }

  /** Sets stack config; a key with dots is a path. */
  async setConfig(values: Record<string, string>, kind: "plaintext" | "secret"): Promise<void> {
    const pairs = Object.entries(values).flatMap(([key, value]) => [`--${kind}`, `${key}=${value}`]);
    await this.pulumi(["config", "set-all", "--path", ...pairs]);
  }

  setProgram(source: string): void {
    writeFileSync(path.join(this.dir, "index.js"), onTestedHost(source));
  }

  setEnv(patch: Record<string, string>): void {
    Object.assign(this.env, patch);
  }

  spawn(args: readonly string[]): ChildProcess {
    return spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.dir,
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Runs the CLI. Rejects with what it printed when it fails, unless failure is what the test is about. */
  pulumi(args: readonly string[], { allowFailure = false } = {}): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      const child = this.spawn(args);
      let output = "";
      let stdout = "";
      child.stdout?.setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
        stdout += chunk;
      });
      child.stderr?.setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
      });
      child.on("error", reject);
      child.on("close", (code, signal) => {
        const exitCode = code ?? -1;
        if (exitCode === 0 || allowFailure) resolve({ exitCode, output, stdout });
        else reject(new Error(`pulumi ${args.join(" ")} ended with ${code ?? signal}:\n${output}`));
      });
    });
  }

  up(...args: string[]): Promise<RunResult> {
    return this.pulumi(["up", "--yes", ...args]);
  }

  preview(...args: string[]): Promise<RunResult> {
    return this.pulumi(["preview", ...args]);
  }

  refresh(...args: string[]): Promise<RunResult> {
    return this.pulumi(["refresh", "--yes", ...args]);
  }

  destroy(...args: string[]): Promise<RunResult> {
    return this.pulumi(["destroy", "--yes", ...args]);
  }

  /** What `pulumi stack export` would print. */
  exportState({ showSecrets = false } = {}): Promise<ExportedState> {
    return this.#state.exported({ showSecrets });
  }

  /** The one resource of this logical name. */
  async resource(name: string, { showSecrets = false } = {}): Promise<StateResource> {
    const { resources } = (await this.exportState({ showSecrets })).deployment;
    const found = resources.filter(({ urn }) => urn.endsWith(`::${name}`));
    if (found.length !== 1 || !found[0])
      throw new Error(`There are ${found.length} resources named ${name} in the state.`);
    return found[0];
  }

  /** What `pulumi stack output --json` would print. */
  outputs({ showSecrets = false } = {}): Promise<Record<string, unknown>> {
    return this.#state.outputs({ showSecrets });
  }

  /** Where the file backend keeps the stack's state. */
  stateFile(): string {
    return stateFileOf(this.#stored);
  }

  /** Where the file backend keeps the stack. */
  get #stored() {
    const backend = fileURLToPath(String(this.env.PULUMI_BACKEND_URL));
    const project = /^name: (.*)$/m.exec(readFileSync(path.join(this.dir, "Pulumi.yaml"), "utf8"))?.[1];
    return { backend, project: String(project), name: this.name };
  }

  get #state(): StateFile {
    return new StateFile(this.stateFile(), String(this.env.PULUMI_CONFIG_PASSPHRASE));
  }

  /** Deletes the project, its state and its home. */
  remove(): Promise<void> {
    // A CLI that was killed leaves its language host behind, which would wait for it for five minutes.
    for (const { pid } of processesIn(this.dir)) endProcess(pid);
    return rm(this.root, { recursive: true, force: true });
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It may have ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
