import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { runCommand, type Spent } from "../process/command.mts";
import { compiled } from "./compile.mts";
import { expiryOfKeys } from "./expiry.mts";
import type { Operation, Setting, Stack } from "./peer.mts";

/** A Pulumi program, and what it needs. */
export interface PulumiProgram {
  /** TypeScript. */
  readonly file: string;
  /** Folder of the installed packages. */
  readonly modules: string;
  /** Folder of the engine. */
  readonly binDir: string;
}

const stackName = "bench";
/** The engine's variable for writing the state at the end only. */
export const withoutCheckpoints = { PULUMI_SKIP_CHECKPOINTS: "true" };

const commands: Readonly<Record<Operation, readonly string[]>> = {
  up: ["up", "--yes"],
  unchanged: ["up", "--yes", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--expect-no-changes"],
  rotate: ["up", "--yes"],
  destroy: ["destroy", "--yes"],
};

/** A project with one stack on a file backend in a temporary folder, driven as a user would: previews included. */
export class PulumiStack implements Stack {
  readonly #dir = mkdtempSync(join(tmpdir(), "pulumi-apikeys-bench-"));
  readonly #binDir: string;
  readonly #timeoutMs: number;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(program: PulumiProgram, setting: Setting, variables: NodeJS.ProcessEnv) {
    const { file, modules, binDir } = program;
    this.#binDir = binDir;
    this.#timeoutMs = setting.timeoutMs;
    for (const folder of ["home", "state"]) mkdirSync(join(this.#dir, folder));
    symlinkSync(modules, join(this.#dir, "node_modules"));
    writeFileSync(join(this.#dir, "package.json"), JSON.stringify({ name: "bench", private: true }));
    const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
    writeFileSync(join(this.#dir, "Pulumi.yaml"), `name: bench\n${runtime}`);
    // Type-checking and compiling the program is not part of the measurement.
    writeFileSync(join(this.#dir, "index.js"), compiled(file));
    this.#env = { ...environment(this.#dir, binDir, setting), ...variables };
  }

  /** @param variables of the environment, beside those that every stack has */
  static async open(
    program: PulumiProgram,
    setting: Setting,
    variables: NodeJS.ProcessEnv = {},
  ): Promise<PulumiStack> {
    const stack = new PulumiStack(program, setting, variables);
    await stack.#pulumi(["stack", "init", stackName]);
    return stack;
  }

  run(operation: Operation): Promise<Spent> {
    if (operation === "rotate") this.#env.BENCH_GENERATION = "2";
    return this.#pulumi(commands[operation]);
  }

  async prepare(): Promise<void> {
    await this.#pulumi(["up", "--yes", "--skip-preview"], withoutCheckpoints);
  }

  stateBytes(): number {
    return statSync(join(this.#stacksDir, `${stackName}.json`)).size;
  }

  /** The number of states that the engine has written and kept, where it is set to keep them. */
  retainedCheckpoints(): number {
    return readdirSync(this.#stacksDir).filter((name) => /\.json\.\d+$/.test(name)).length;
  }

  async remove(): Promise<void> {
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  get #stacksDir(): string {
    return join(this.#dir, "state", ".pulumi", "stacks", "bench");
  }

  #pulumi(args: readonly string[], patch: NodeJS.ProcessEnv = {}): Promise<Spent> {
    return runCommand(join(this.#binDir, "pulumi"), [...args, "--non-interactive", "--color=never"], {
      cwd: this.#dir,
      env: { ...this.#env, ...patch },
      provider: "cmd/dynamic-provider",
      timeoutMs: this.#timeoutMs,
    });
  }
}

function environment(dir: string, binDir: string, { keys, vendor, checkpoints }: Setting): NodeJS.ProcessEnv {
  const disturbing = /^(PULUMI|APIKEYS|TS_NODE|BENCH)_|^(NODE_OPTIONS|NODE_PATH|NODE_COMPILE_CACHE|PATH)$/i;
  const inherited = Object.entries(process.env).filter(([name]) => !disturbing.test(name));
  return {
    ...Object.fromEntries(inherited),
    PATH: [dirname(process.execPath), binDir, process.env.PATH].filter(Boolean).join(delimiter),
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
    ...(!checkpoints && withoutCheckpoints),
    PULUMI_HOME: join(dir, "home"),
    PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
    PULUMI_STACK: stackName,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of these measurements",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    APIKEYS_XENTREE_BASE_URL: vendor.url,
    APIKEYS_XENTREE_TOKEN: vendor.token,
    XENTREE_URL: vendor.url,
    XENTREE_TOKEN: vendor.token,
    BENCH_KEYS: String(keys),
    BENCH_ORGANIZATION: vendor.organizationId,
    BENCH_EXPIRES_AT: expiryOfKeys(),
  };
}
