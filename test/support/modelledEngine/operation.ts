import { Checkpoint } from "./checkpoint";
import { type Plan, plan } from "./plan";
import { type Bag, diedWithCli, PartialFailure, type Provider, type ProviderProcess } from "./provider";
import type { PendingOperation, Resource, StateFile } from "./stateFile";

/** A program: arguments by logical names. */
export type Program = Readonly<Record<string, Bag>>;

/** A resource, and what is done with it. */
export interface Step {
  readonly name: string;
  readonly does: Plan["step"] | "delete" | "refresh";
}

/**
 * One run of the engine over a state: a step after the other, until one fails.
 *
 * The real engine works on independent resources side by side, and may be through with others when one fails.
 */
export class Operation {
  readonly steps: Step[] = [];
  readonly #provider: Provider;
  readonly #checkpoint: Checkpoint;
  /** Resources of which the state knows no more, though their delete is still to come. */
  #condemned: Resource[] = [];

  constructor(process: ProviderProcess, state: StateFile) {
    this.#provider = mortal(process);
    this.#checkpoint = new Checkpoint(state);
  }

  /** @param replace names of the resources that `--replace` targets */
  async preview(program: Program, replace: readonly string[]): Promise<void> {
    for (const name of Object.keys(program)) await this.#plan(name, program, replace);
  }

  async update(program: Program, replace: readonly string[]): Promise<void> {
    for (const name of Object.keys(program)) {
      await this.#apply(name, await this.#plan(name, program, replace));
    }
    await this.destroy();
  }

  /** Deletes all that no step so far was about, and all that was replaced, now or in an operation before. */
  async destroy(): Promise<void> {
    for (const old of this.#checkpoint.rest) {
      this.steps.push({ name: old.name, does: "delete" });
      if (old.pendingReplacement) {
        this.#checkpoint.settle(old, undefined);
      } else {
        await this.#delete(old, () => this.#checkpoint.settle(old, undefined));
      }
    }
    for (const old of this.#condemned) await this.#delete(old, () => {});
  }

  /** Writes nothing before the end; what was found before a failure counts. */
  async refresh(): Promise<void> {
    for (const old of this.#checkpoint.rest) await this.#refresh(old);
  }

  /** The end, in success or in failure. */
  close(): void {
    this.#checkpoint.write();
  }

  #plan(name: string, program: Program, replace: readonly string[]): Promise<Plan> {
    const old = this.#checkpoint.current(name);
    return plan(this.#provider, old, program[name] ?? {}, replace.includes(name));
  }

  async #apply(name: string, plan: Plan): Promise<void> {
    this.steps.push({ name, does: plan.step });
    const { inputs } = plan;
    switch (plan.step) {
      case "create":
        return this.#create(name, inputs, undefined);
      case "same":
        return this.#checkpoint.settle(plan.old, { ...plan.old, inputs });
      case "update":
        return this.#update(plan.old, inputs);
      case "replace":
        return this.#replace(plan.old, inputs, plan.deleteFirst);
    }
  }

  async #replace(old: Resource, inputs: Bag, deleteFirst: boolean): Promise<void> {
    let replaced = old;
    if (deleteFirst && !old.pendingReplacement) {
      // It stays in state until its successor is there.
      await this.#delete(old, () => {
        replaced = this.#checkpoint.mark(old, "pendingReplacement");
      });
    }
    await this.#create(old.name, inputs, replaced);
    // It was deleted in an operation before, and the engine deletes it again.
    if (!deleteFirst && old.pendingReplacement) this.#condemned.push(old);
  }

  async #create(name: string, inputs: Bag, replaced: Resource | undefined): Promise<void> {
    const keep = (created: { id: string; outputs: Bag }, failed?: true) => {
      if (replaced?.pendingReplacement) this.#checkpoint.settle(replaced, undefined);
      else if (replaced) this.#checkpoint.mark(replaced, "delete");
      const { id, outputs } = created;
      this.#checkpoint.settle(undefined, { name, id, inputs, outputs, ...(failed && { failed }) });
    };
    await this.#step({ type: "creating", name, inputs }, async () => {
      try {
        keep(await this.#provider.create(inputs));
      } catch (error) {
        if (error instanceof PartialFailure) keep(error, true);
        throw error;
      }
    });
  }

  async #update(old: Resource, inputs: Bag): Promise<void> {
    const { failed: _, ...well } = old;
    await this.#step({ type: "updating", name: old.name, inputs }, async () => {
      try {
        const outputs = await this.#provider.update(old.id, old.outputs, inputs);
        this.#checkpoint.settle(old, { ...well, inputs, outputs });
      } catch (error) {
        if (error instanceof PartialFailure) {
          // The old inputs stay, beside the new outputs.
          this.#checkpoint.settle(old, { ...old, outputs: error.outputs, failed: true });
        }
        throw error;
      }
    });
  }

  async #delete(old: Resource, then: () => void): Promise<void> {
    await this.#step({ type: "deleting", name: old.name, inputs: old.inputs }, async () => {
      await this.#provider.delete(old.id, old.outputs);
      then();
    });
  }

  async #refresh(old: Resource): Promise<void> {
    if (old.pendingReplacement) return this.#checkpoint.settle(old, old);
    this.steps.push({ name: old.name, does: "refresh" });
    const read = await this.#provider.read(old.id, old.outputs);
    if (!read) return this.#checkpoint.settle(old, undefined);
    const { failed: _, ...well } = old;
    this.#checkpoint.settle(old, { ...well, inputs: read.inputs ?? old.inputs, outputs: read.outputs });
    // For display only: what `up` would change back. What was read counts though this fails.
    await this.#provider.diff(old.id, read.outputs, old.inputs);
  }

  /** A step that fails has ended as well: only what the CLI did not live to see stays pending. */
  async #step(operation: PendingOperation, act: () => Promise<void>): Promise<void> {
    this.#checkpoint.begin(operation);
    try {
      await act();
    } catch (error) {
      if (!diedWithCli(error)) this.#checkpoint.end(operation);
      throw error;
    }
    this.#checkpoint.end(operation);
  }
}

/** A provider that stops answering once a process is dead. */
function mortal({ provider, death }: ProviderProcess): Provider {
  const whileAlive = <T>(answer: Promise<T>) => Promise.race([death, answer]);
  return {
    check: (olds, news) => whileAlive(provider.check(olds, news)),
    diff: (id, olds, news) => whileAlive(provider.diff(id, olds, news)),
    create: (inputs) => whileAlive(provider.create(inputs)),
    read: (id, outputs) => whileAlive(provider.read(id, outputs)),
    update: (id, olds, news) => whileAlive(provider.update(id, olds, news)),
    delete: (id, outputs) => whileAlive(provider.delete(id, outputs)),
  };
}
