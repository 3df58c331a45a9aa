import { Operation, type Program, type Step } from "./operation";
import { diedWithCli, type ProviderProcess } from "./provider";
import { StateFile } from "./stateFile";

/** What became of one run of the CLI. */
export interface Outcome {
  readonly ending: "succeeded" | "failed" | "killed";
  /** What was done or tried, in order; nothing of a preview's. */
  readonly steps: readonly Step[];
  /** Why it did not succeed. */
  readonly error?: unknown;
}

export interface Options {
  /** Preview first, in a provider process of its own. Default: as with `--skip-preview`, not. */
  readonly preview?: boolean | undefined;
  /** Names of the resources that `--replace` targets. */
  readonly replace?: readonly string[];
}

type Act = (operation: Operation) => Promise<void>;

/**
 * A model of Pulumi's engine over one stack: which call of a dynamic provider comes when, with what, and what becomes
 * of the answers. Checked against recordings of the real one by `replay.test.ts`.
 */
export class Engine {
  readonly state = new StateFile();

  constructor(private readonly startProvider: () => ProviderProcess) {}

  up(program: Program, { preview, replace = [] }: Options = {}): Promise<Outcome> {
    const rehearse: Act = (operation) => operation.preview(program, replace);
    return this.#run((operation) => operation.update(program, replace), preview ? rehearse : undefined);
  }

  refresh({ preview }: Options = {}): Promise<Outcome> {
    const act: Act = (operation) => operation.refresh();
    return this.#run(act, preview ? act : undefined);
  }

  /** A preview of it asks the provider nothing. */
  destroy(): Promise<Outcome> {
    return this.#run((operation) => operation.destroy());
  }

  async #run(act: Act, rehearse?: Act): Promise<Outcome> {
    let operation: Operation | undefined;
    try {
      // It is never closed, so it writes nothing.
      await rehearse?.(new Operation(this.startProvider(), this.state));
      operation = new Operation(this.startProvider(), this.state);
      await act(operation);
      operation.close();
      return { ending: "succeeded", steps: operation.steps };
    } catch (error) {
      const steps = operation?.steps ?? [];
      if (diedWithCli(error)) return { ending: "killed", steps, error };
      operation?.close();
      return { ending: "failed", steps, error };
    }
  }
}
