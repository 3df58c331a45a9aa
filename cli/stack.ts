import { readFileSync } from "node:fs";
import path from "node:path";
import { configKey } from "../provider/base/settingNames";
import { CommandError } from "./command";
import { PulumiFailedError, pulumi, pulumiJson } from "./pulumi";

/** The parts of a stack export that commands read. */
interface Export {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly PendingOperation[];
  };
}
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  /** Whether it was replaced and is still to be deleted. */
  readonly delete?: boolean;
  /** Whether it was deleted and its replacement is still to be created. */
  readonly pendingReplacement?: boolean;
}
export interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

/** A stack's state at one moment. */
export interface State {
  readonly resources: readonly StateResource[];
  readonly pending: readonly PendingOperation[];
}

/** A stack of the project in this folder, read through the user's own Pulumi. */
export class Stack {
  /** @param name as `--stack` takes it. Default: the selected stack */
  constructor(private readonly name: string | undefined) {}

  async state(): Promise<State> {
    const { deployment } = (await pulumiJson(this.#args("stack", "export"))) as Export;
    return { resources: deployment.resources ?? [], pending: deployment.pending_operations ?? [] };
  }

  /** The connections in the stack's config, as text. Undefined where all settings are in the environment. */
  async connections(): Promise<string | undefined> {
    const config = (await pulumiJson(this.#args("config", "--json", "--show-secrets"))) as Record<
      string,
      { value?: string }
    >;
    return config[configKey]?.value;
  }

  /** URN of the stack's root as the engine forms it. An empty stack has no such resource. */
  async rootUrn(): Promise<string> {
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
  refreshOnly(root: string, urns: readonly string[]): Promise<void> {
    return this.#refresh(root, urns, []);
  }

  /** Forgets the pending creates of all resources: the engine cannot forget a single one. */
  forgetCreates(root: string): Promise<void> {
    return this.#refresh(root, [], ["--clear-pending-creates"]);
  }

  async #refresh(root: string, urns: readonly string[], options: readonly string[]): Promise<void> {
    const { resources } = await this.state();
    const targets = [root, ...urns].filter((urn) => resources.some((resource) => resource.urn === urn));
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
  for (const file of ["Pulumi.yaml", "Pulumi.yml"]) {
    try {
      const found = /^name:\s*(["']?)([\w.-]+)\1/m.exec(readFileSync(path.join(folder, file), "utf8"));
      if (found?.[2] !== undefined) return found[2];
    } catch {
      // There may be one in a folder above.
    }
  }
  const above = path.dirname(folder);
  return above === folder ? undefined : projectName(above);
}
