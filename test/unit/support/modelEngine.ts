import { ApiKeysError } from "../../../provider/errors";
import type { Properties, World } from "../../../provider/lifecycle";
import * as lifecycle from "../../../provider/lifecycle";
import type { ServiceDefinition } from "../../../provider/service/definition";
import { parentsOf } from "./definitions";
import { ModelWorld } from "./world";

interface State {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * The engine's part in the life of one resource: which call comes when, and what becomes of what they return.
 * Everything passes through JSON, as on the way to the real engine.
 */
export class ModelEngine {
  state: State | undefined;
  warnings: string[] = [];

  constructor(readonly world: World & { readonly definition: ServiceDefinition }) {}

  /** One `pulumi up` of a program with these arguments. */
  async up(args: Properties = {}): Promise<"create" | "same" | "update" | "replace"> {
    this.#begin();
    const news = program(this.world.definition, args);
    const inputs = this.#check(this.state?.inputs ?? {}, news);
    const old = this.state;
    if (!old) {
      await this.#create(inputs);
      return "create";
    }
    const plan = lifecycle.diff(this.world, old.outputs, inputs);
    if (!plan.changes) {
      this.state = { ...old, inputs };
      return "same";
    }
    if (plan.replaces.length === 0) {
      const { outputs, warnings } = await lifecycle.update(this.world, old.outputs, inputs);
      this.warnings.push(...warnings);
      this.state = json({ id: old.id, inputs, outputs });
      return "update";
    }
    const fresh = this.#check({}, news);
    if (plan.deleteBeforeReplace) await lifecycle.remove(this.world, old.outputs);
    await this.#create(fresh);
    if (!plan.deleteBeforeReplace) await lifecycle.remove(this.world, old.outputs);
    return "replace";
  }

  async refresh(): Promise<"same" | "changed" | "gone"> {
    this.#begin();
    const old = this.known();
    const reading = await lifecycle.read(this.world, old.id, old.outputs);
    if (!reading) {
      this.state = undefined;
      return "gone";
    }
    const { warnings, ...seen } = reading;
    this.warnings.push(...warnings);
    this.state = json({ ...old, ...seen });
    return JSON.stringify(reading.outputs) === JSON.stringify(old.outputs) ? "same" : "changed";
  }

  async destroy(): Promise<string | undefined> {
    this.#begin();
    const notices = await lifecycle.remove(this.world, this.known().outputs);
    this.state = undefined;
    return notices.length > 0 ? notices.join("\n") : undefined;
  }

  known(): State {
    if (!this.state) throw new Error("The resource is not in state.");
    return this.state;
  }

  get outputs(): Properties {
    return this.known().outputs;
  }

  /** Each operation is a process of its own, and remembers nothing of those before. */
  #begin(): void {
    this.world.adoptions.succeeded.clear();
    this.world.adoptions.takenOver.clear();
    this.warnings = [];
  }

  #check(olds: Properties, news: Properties): Properties {
    const { inputs, failures, warnings } = lifecycle.check(this.world, olds, news);
    if (failures.length > 0) throw new Error(failures.join("\n"));
    this.warnings.push(...warnings);
    return json(inputs);
  }

  async #create(inputs: Properties): Promise<void> {
    const { id, outputs, warnings } = await lifecycle.create(this.world, inputs);
    this.warnings.push(...warnings);
    this.state = json({ id, inputs, outputs });
  }
}

/** A key of this service that an `up` has made, its vendor, and the requests that follow. */
export async function created(definition: ServiceDefinition, args: Properties = {}) {
  const world = new ModelWorld(definition);
  const engine = new ModelEngine(world);
  await engine.up(args);
  const { server } = world;
  // By now no list lags behind any more.
  world.time += 3_600_000;
  server.calls.length = 0;
  return { world, engine, server, keyId: String(engine.outputs.keyId) };
}

/** The error that a promise ends with. */
export async function failure(attempt: Promise<unknown>): Promise<ApiKeysError> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ApiKeysError) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}

/** What the SDK sends for a resource called `ci`. */
export function program(definition: ServiceDefinition, args: Properties = {}): Properties {
  const own = ["xentree", "applications", "sendkit"].includes(definition.name) ? {} : { definition };
  return {
    service: definition.name,
    connection: definition.name,
    logicalName: "ci",
    ...own,
    ...parentsOf(definition),
    ...args,
  };
}

function json<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
