import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { runCommand, type Spent } from "../process/command.mts";
import { compiled } from "./compile.mts";
import { expiryOfKeys } from "./expiry.mts";
import type { Operation, Setting, Stack } from "./peer.mts";

/** A Pulumi program that declares keys. */
export interface PulumiProgram {
  /** Part of the provider process's command line. */
  readonly provider: string;
  /** The files of its project, by their names. */
  files(setting: Setting, generation: string): Readonly<Record<string, string>>;
}

/** What a program runs on. */
export interface Surroundings {
  /** Folder of the installed packages. */
  readonly modules: string;
  /** Folder of the engine. */
  readonly binDir: string;
  /** Folders of language hosts that the engine does not come with. */
  readonly languages?: readonly string[];
}

const pluginProcess = "pulumi-resource-apikeys.cjs";

/** A TypeScript program. Type-checking and compiling it is not part of the measurement. */
export function nodeProgram(file: string, host: "dynamic" | "plugin" = "dynamic"): PulumiProgram {
  const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
  const source = compiled(file);
  const index = host === "plugin" ? source.replaceAll('"pulumi-apikeys"', '"pulumi-apikeys/plugin"') : source;
  return {
    provider: host === "plugin" ? pluginProcess : "cmd/dynamic-provider",
    files: () => ({ "Pulumi.yaml": `name: bench\n${runtime}`, "index.js": index }),
  };
}

/** The same keys in YAML. */
export const yamlProgram: PulumiProgram = {
  provider: pluginProcess,
  files({ keys, vendor }, generation) {
    const properties = {
      permissions: ["conversations:read", "knowledge:search", "organizations:read"],
      rateLimitPerMinute: 120,
      allowedIps: ["203.0.113.0/24"],
      organizationId: vendor.organizationId,
      expiresIn: "90d",
      rotation: { triggers: { generation } },
    };
    const key = { type: "apikeys:xentree:ApiKey", properties };
    const resources = Object.fromEntries(
      Array.from({ length: keys }, (_, index) => [`pipeline-${index}`, key]),
    );
    // JSON is YAML.
    return { "Pulumi.yaml": JSON.stringify({ name: "bench", runtime: "yaml", resources }) };
  },
};

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
  readonly #program: PulumiProgram;
  readonly #setting: Setting;
  readonly #binDir: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(
    program: PulumiProgram,
    { modules, binDir, languages = [] }: Surroundings,
    setting: Setting,
    variables: NodeJS.ProcessEnv,
  ) {
    this.#program = program;
    this.#setting = setting;
    this.#binDir = binDir;
    for (const folder of ["home", "state"]) mkdirSync(join(this.#dir, folder));
    symlinkSync(modules, join(this.#dir, "node_modules"));
    writeFileSync(join(this.#dir, "package.json"), JSON.stringify({ name: "bench", private: true }));
    this.#write("1");
    this.#env = { ...environment(this.#dir, [...languages, binDir], setting), ...variables };
    // What a program in TypeScript does by itself, before its first key.
    if (program.provider === pluginProcess) installedPlugin(modules).installPlugin(this.#env);
  }

  #write(generation: string): void {
    for (const [name, text] of Object.entries(this.#program.files(this.#setting, generation))) {
      writeFileSync(join(this.#dir, name), text);
    }
  }

  /** @param variables of the environment, beside those that every stack has */
  static async open(
    program: PulumiProgram,
    surroundings: Surroundings,
    setting: Setting,
    variables: NodeJS.ProcessEnv = {},
  ): Promise<PulumiStack> {
    const stack = new PulumiStack(program, surroundings, setting, variables);
    await stack.#pulumi(["stack", "init", stackName]);
    return stack;
  }

  run(operation: Operation): Promise<Spent> {
    if (operation === "rotate") {
      this.#env.BENCH_GENERATION = "2";
      this.#write("2");
    }
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
      provider: this.#program.provider,
      timeoutMs: this.#setting.timeoutMs,
    });
  }
}

function installedPlugin(modules: string): typeof import("../../sdk/plugin/installation.ts") {
  return createRequire(join(modules, "program.js"))(
    join(modules, "pulumi-apikeys/dist/sdk/plugin/installation.js"),
  );
}

function environment(
  dir: string,
  folders: readonly string[],
  { keys, vendor, checkpoints }: Setting,
): NodeJS.ProcessEnv {
  const disturbing = /^(PULUMI|APIKEYS|TS_NODE|BENCH)_|^(NODE_OPTIONS|NODE_PATH|NODE_COMPILE_CACHE|PATH)$/i;
  const inherited = Object.entries(process.env).filter(([name]) => !disturbing.test(name));
  return {
    ...Object.fromEntries(inherited),
    PATH: [dirname(process.execPath), ...folders, process.env.PATH].filter(Boolean).join(delimiter),
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
