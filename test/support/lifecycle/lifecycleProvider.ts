import { PartialFailure, type Provider } from "../modelledEngine/provider";
import type { OperationContext } from "./lifecycle";
import * as lifecycle from "./lifecycle";
import { OperationMemory } from "./lifecycle";

/**
 * The lifecycle as a provider process runs it, which remembers nothing of the processes before. All that it is given
 * and all that it answers goes through JSON, as on the way to and from the real engine.
 *
 * @param warn called with each warning that the user would see
 */
export function lifecycleProvider(
  world: OperationContext & { memory: OperationContext["memory"] },
  warn: (message: string) => void,
): Provider {
  world.memory = new OperationMemory(world.memory.creates);
  return {
    async check(olds, news) {
      const { inputs, failures, warnings } = lifecycle.check(world, wire(olds), wire(news));
      warnings.forEach(warn);
      return wire({ inputs, failures });
    },
    async diff(_, olds, news) {
      const { changes, visible, replaces, deleteBeforeReplace, warnings } = lifecycle.diff(
        world,
        wire(olds),
        wire(news),
      );
      warnings.forEach(warn);
      return wire({ changes: changes && visible ? undefined : changes, replaces, deleteBeforeReplace });
    },
    async create(inputs) {
      const { id, outputs, warnings } = await partial(lifecycle.create(world, wire(inputs)));
      warnings.forEach(warn);
      return wire({ id, outputs });
    },
    async read(id, outputs) {
      const reading = await lifecycle.read(world, id, wire(outputs));
      reading?.warnings.forEach(warn);
      return reading && wire({ outputs: reading.outputs, inputs: reading.inputs });
    },
    async update(id, olds, news) {
      const { outputs, warnings } = await partial(lifecycle.update(world, id, wire(olds), wire(news)));
      warnings.forEach(warn);
      return wire(outputs);
    },
    async delete(_, outputs) {
      (await lifecycle.remove(world, wire(outputs))).forEach(warn);
    },
  };
}

async function partial<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (!(error instanceof lifecycle.PartialSuccessError)) throw error;
    throw new PartialFailure(error.id, wire(error.outputs), error);
  }
}

function wire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
