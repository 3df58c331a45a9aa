import { readFileSync } from "node:fs";
import path from "node:path";
import { configKey } from "../provider/base/settingNames";
import { CommandError } from "./command";
import { PulumiFailedError, pulumi, pulumiJson } from "./pulumi";

/** The parts of a stack export that are looked at. */
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
  /** Whether it was replaced, and its deletion is still owed. */
  readonly delete?: boolean;
  /** Whether it was deleted, and its replacement is still owed. */
  readonly pendingReplacement?: boolean;
}
export interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

/** What the state says at one moment. */
export interface State {
  readonly resources: readonly StateResource[];
  readonly pending: readonly PendingOperation[];
}

/** The stack of the project in this folder, by way of the user's own Pulumi. */
export class Stack {
  /** @param name as `--stack` takes it; undefined is the selected one */
  constructor(private readonly name: string | undefined) {}

  async state(): Promise<State> {
    const { deployment } = (await pulumiJson(this.#args("stack", "export"))) as Export;
    return { resources: deployment.resources ?? [], pending: deployment.pending_operations ?? [] };
  }

  /** The text of the stack's connections, if its config has any; the environment may say all there is to say. */
  async connections(): Promise<string | undefined> {
    const config = (await pulumiJson(this.#args("config", "--json", "--show-secrets"))) as Record<
      string,
      { value?: string }
    >;
    return config[configKey]?.value;
  }

  /** URN of the stack's root, as the engine makes it; a stack that is empty holds no such resource. */
  async rootUrn(): Promise<string> {
    const stack = (await pulumi(this.#args("stack", "--show-name"))).trim();
    const project = projectName(process.cwd());
    if (project === undefined)
      throw new CommandError("There is no Pulumi.yaml with a name in this folder or above.");
    return `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
  }

  /**
   * Reads these resources anew, and nothing else, with the stack held: while another operation runs, a key may be on
   * its way into the state. What was pending is forgotten, but for creates.
   *
   * @param urns beside the root, which costs no request
   * @throws {CommandError} when an operation runs or one that was killed left its lock, or a resource cannot be read
   */
  refreshOnly(root: string, urns: readonly string[]): Promise<void> {
    return this.#refresh(root, urns, []);
  }

  /** Forgets pending creates, of all resources: the engine has no way to forget one. */
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

/** Name of the project that a folder belongs to, as its Pulumi.yaml says it; undefined where there is none. */
export function projectName(folder: string): string | undefined {
  for (const file of ["Pulumi.yaml", "Pulumi.yml"]) {
    try {
      const found = /^name:\s*(["']?)([\w.-]+)\1/m.exec(readFileSync(path.join(folder, file), "utf8"));
      if (found?.[2] !== undefined) return found[2];
    } catch {
      // Not in this folder; perhaps in one above.
    }
  }
  const above = path.dirname(folder);
  return above === folder ? undefined : projectName(above);
}
