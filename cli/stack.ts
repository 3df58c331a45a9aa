import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { configKey, storesKey } from "../provider/base/settingNames";
import { CommandError } from "./command";
import { decrypted } from "./decrypted";
import { withUniformKeys } from "./keyResources";
import { PulumiFailedError, type PulumiPlace, pulumi, pulumiJson } from "./pulumi";
import type { PendingOperation, State, StateResource } from "./state";

/** The parts of a stack export that commands read. */
interface Export {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly PendingOperation[];
  };
}
/** A stack, read through the user's own Pulumi. */
export class Stack {
  /**
   * @param name as `--stack` takes it. Default: the selected stack
   * @param place the project whose files have its config. Default: that of this folder
   */
  constructor(
    private readonly name: string | undefined,
    private readonly place: PulumiPlace = {},
  ) {}

  async state(): Promise<State> {
    return withUniformKeys(await this.#export([]));
  }

  /** The same with the texts of its secrets. They pass from Pulumi to this process through a pipe, and to no file. */
  async decryptedState(): Promise<State> {
    return withUniformKeys(decrypted(await this.#export(["--show-secrets"])) as State);
  }

  async #export(options: readonly string[]): Promise<State> {
    const { deployment } = (await pulumiJson(
      this.#args("stack", "export", ...options),
      this.place,
    )) as Export;
    return { resources: deployment.resources ?? [], pending: deployment.pending_operations ?? [] };
  }

  /** The connections in the stack's config, as text. Undefined where all settings are in the environment. */
  async connections(): Promise<string | undefined> {
    return (await this.#config())[configKey]?.value;
  }

  /** The settings of stores in the stack's config, as text. Undefined where all settings are in the environment. */
  async stores(): Promise<string | undefined> {
    return (await this.#config())[storesKey]?.value;
  }

  async #config(): Promise<Record<string, { value?: string }>> {
    const config = await pulumiJson(this.#args("config", "--json", "--show-secrets"), this.place);
    return config as Record<string, { value?: string }>;
  }

  /** URN of the stack's root as the engine forms it, also where a state has no such resource yet. */
  async rootUrn({ resources }: State): Promise<string> {
    const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    if (root) return root.urn;
    const stack = (await pulumi(this.#args("stack", "--show-name"))).trim();
    const project = projectName(process.cwd());
    if (project === undefined)
      throw new CommandError("There is no Pulumi.yaml with a name in this folder or above.");
    return `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
  }

  /**
   * Refreshes these resources and no others, under the stack's lock: while another operation runs, a key may be about to
   * enter the state. The engine forgets pending updates and deletions, and keeps pending creates.
   *
   * @param urns resources beside the root, which needs no request
   * @throws {CommandError} when an operation runs, a killed one left its lock, or a resource cannot be read
   */
  async refreshOnly(root: string, urns: readonly string[]): Promise<void> {
    return this.#refresh(await this.state(), [root, ...urns], []);
  }

  /**
   * Forgets the pending creates of all resources: the engine cannot forget a single one.
   *
   * @param state the last that was read
   */
  forgetCreates(state: State, root: string): Promise<void> {
    return this.#refresh(state, [root], ["--clear-pending-creates"]);
  }

  async #refresh({ resources }: State, urns: readonly string[], options: readonly string[]): Promise<void> {
    const targets = urns.filter((urn) => resources.some((resource) => resource.urn === urn));
    const targeted = targets.flatMap((urn) => ["--target", urn]);
    try {
      await pulumi(
        this.#args("refresh", "--yes", "--skip-preview", "--non-interactive", ...targeted, ...options),
      );
    } catch (error) {
      if (!(error instanceof PulumiFailedError)) throw error;
      process.stderr.write(error.output);
      throw new CommandError(
        `${error.message} If an operation is running, wait for it; if it was killed, run \`pulumi cancel\`. Then run this again.`,
      );
    }
  }

  #args(...args: string[]): string[] {
    return [...args, ...(this.name === undefined ? [] : ["--stack", this.name])];
  }
}

/** Name of the project of a folder, from the Pulumi.yaml in it or above; undefined where there is none. */
export function projectName(folder: string): string | undefined {
  return projectOf(folder)?.name;
}

/**
 * The folder in which Pulumi runs the program of a project and its provider: that of Pulumi.yaml, or of its `main`. A
 * relative path of a delivery starts there.
 */
export function programFolder(folder: string): string {
  const project = projectOf(folder);
  if (project === undefined) return folder;
  const [, , main = "."] = /^main:\s*(["']?)([^"'#\n]+?)\1\s*(?:#.*)?$/m.exec(project.text) ?? [];
  const program = path.resolve(project.folder, main);
  return statSync(program, { throwIfNoEntry: false })?.isDirectory() ? program : path.dirname(program);
}

interface Project {
  readonly folder: string;
  readonly name: string;
  /** Of its Pulumi.yaml. */
  readonly text: string;
}

function projectOf(folder: string): Project | undefined {
  for (const file of ["Pulumi.yaml", "Pulumi.yml"]) {
    try {
      const text = readFileSync(path.join(folder, file), "utf8");
      const name = /^name:\s*(["']?)([\w.-]+)\1/m.exec(text)?.[2];
      if (name !== undefined) return { folder, name, text };
    } catch {
      // There may be one in a folder above.
    }
  }
  const above = path.dirname(folder);
  return above === folder ? undefined : projectOf(above);
}
