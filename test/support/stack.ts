import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineEnvironment, repository } from "./engine";

export interface RunResult {
  readonly exitCode: number;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
  readonly stdout: string;
}

export interface StackOptions {
  /** Source of the program, CommonJS. */
  readonly program: string;
  readonly env?: Record<string, string>;
  readonly name?: string;
}

/** A resource as `pulumi stack export` shows it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly delete?: boolean;
  readonly pendingReplacement?: boolean;
  readonly initErrors?: string[];
  readonly sourcePosition?: string;
  readonly stackTrace?: { readonly sourcePosition?: string }[];
}

export interface ExportedState {
  readonly deployment: {
    readonly resources: StateResource[];
    readonly pending_operations?: { readonly type: string; readonly resource: StateResource }[];
  };
}

/** A Pulumi project with one stack in a temporary folder, driven through the real CLI. */
export class TestStack {
  private constructor(
    readonly dir: string,
    private readonly name: string,
    readonly env: NodeJS.ProcessEnv,
  ) {}

  static async create({ program, env = {}, name = "dev" }: StackOptions): Promise<TestStack> {
    const dir = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-test-"));
    const folders = { home: path.join(dir, "home"), state: path.join(dir, "state") };
    for (const folder of Object.values(folders)) mkdirSync(folder);
    symlinkSync(path.join(repository, "node_modules"), path.join(dir, "node_modules"));
    writeFileSync(path.join(dir, "package.json"), JSON.stringify({ name: "project", private: true }));
    writeFileSync(
      path.join(dir, "Pulumi.yaml"),
      "name: project\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    );
    const stack = new TestStack(dir, name, { ...engineEnvironment(folders.home, folders.state), ...env });
    stack.setProgram(program);
    await stack.pulumi(["stack", "init", name]);
    return stack;
  }

  /** Sets stack config; a key with dots is a path. */
  async setConfig(values: Record<string, string>, kind: "plaintext" | "secret"): Promise<void> {
    const pairs = Object.entries(values).flatMap(([key, value]) => [`--${kind}`, `${key}=${value}`]);
    await this.pulumi(["config", "set-all", "--path", ...pairs]);
  }

  setProgram(source: string): void {
    writeFileSync(path.join(this.dir, "index.js"), source);
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

  async exportState({ showSecrets = false } = {}): Promise<ExportedState> {
    const { stdout } = await this.pulumi(["stack", "export", ...(showSecrets ? ["--show-secrets"] : [])]);
    return JSON.parse(stdout);
  }

  /** The one resource of this logical name. */
  async resource(name: string): Promise<StateResource> {
    const { resources } = (await this.exportState()).deployment;
    const found = resources.filter(({ urn }) => urn.endsWith(`::${name}`));
    if (found.length !== 1 || !found[0])
      throw new Error(`There are ${found.length} resources named ${name} in the state.`);
    return found[0];
  }

  async outputs({ showSecrets = false } = {}): Promise<Record<string, unknown>> {
    const { stdout } = await this.pulumi([
      "stack",
      "output",
      "--json",
      ...(showSecrets ? ["--show-secrets"] : []),
    ]);
    return JSON.parse(stdout);
  }

  /** The stack's state as the file backend keeps it. */
  stateFile(): string {
    return path.join(this.dir, "state", ".pulumi", "stacks", "project", `${this.name}.json`);
  }

  /** Deletes the project, its state and its home. */
  remove(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }
}
