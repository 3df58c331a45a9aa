import { ApiKeysError } from "../../../provider/base/errors";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import { Engine, type Outcome } from "../modelledEngine";
import { lifeline, PartialFailure } from "../modelledEngine/provider";
import type { Resource } from "../modelledEngine/stateFile";
import { pathParametersOf, writtenAs } from "../vendor/definitions";
import { hostedProvider } from "./hostedProvider";
import { check, type OperationContext, type Properties } from "./lifecycle";
import { ModelWorld } from "./world";

/** The engine's part in the life of one resource called `ci`. */
export class ModelEngine {
  warnings: string[] = [];
  readonly #engine: Engine;

  constructor(readonly world: OperationContext & { readonly definition: ServiceDefinition }) {
    this.#engine = new Engine(() => ({
      provider: hostedProvider(world, (message) => this.warnings.push(message)),
      death: lifeline().death,
    }));
  }

  /** One `pulumi up --skip-preview` of a program with these arguments. */
  async up(args: Properties = {}) {
    const { steps } = await this.#run(() => this.#engine.up({ ci: program(this.world.definition, args) }));
    return steps[0]?.does;
  }

  async refresh(): Promise<"same" | "changed" | "gone"> {
    const before = this.known();
    await this.#run(() => this.#engine.refresh());
    if (!this.state) return "gone";
    return shown(this.outputs) === shown(before.outputs) ? "same" : "changed";
  }

  async destroy(): Promise<string | undefined> {
    await this.#run(() => this.#engine.destroy());
    return this.warnings.length > 0 ? this.warnings.join("\n") : undefined;
  }

  /** The key that the program means: not one that was replaced and could not be deleted. */
  get state(): Resource | undefined {
    return this.#engine.state.read().resources.find((resource) => !resource.delete);
  }

  set state(resource: Resource | undefined) {
    this.#engine.state.write({ resources: resource ? [resource] : [], pending: [] });
  }

  known(): Resource {
    if (!this.state) throw new Error("The resource is not in state.");
    return this.state;
  }

  get outputs(): Properties {
    return this.known().outputs;
  }

  async #run(command: () => Promise<Outcome>): Promise<Outcome> {
    this.warnings = [];
    const outcome = await command();
    if (outcome.ending === "succeeded") return outcome;
    throw outcome.error instanceof PartialFailure ? outcome.error.cause : outcome.error;
  }
}

/** What a refresh compares. The engine shows no change of outputs alone; that a key was looked at for the first time is one. */
function shown({ unconfirmed: _, ...outputs }: Properties): string {
  return JSON.stringify(outputs);
}

/**
 * A key of this service that an `up` has made, its vendor, and the requests that follow. It was looked at once, so that
 * what the vendor tells otherwise from now on is drift.
 */
export async function created(definition: ServiceDefinition, args: Properties = {}) {
  const world = new ModelWorld(definition);
  const engine = new ModelEngine(world);
  await engine.up(args);
  const { server } = world;
  // By now no list lags behind any more.
  world.time += 3_600_000;
  await engine.refresh();
  server.calls.length = 0;
  return { world, engine, server, keyId: String(engine.outputs.keyId) };
}

/** What `check` makes of other arguments, as a preview calls it. */
export function checked({ world, engine }: Awaited<ReturnType<typeof created>>, args: Properties) {
  return check(world, engine.known().inputs, program(world.definition, args));
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
  const own = ["xentree", "applications", "sendkit"].includes(definition.name)
    ? {}
    : { definition: writtenAs(definition) };
  return {
    service: definition.name,
    connection: definition.name,
    logicalName: "ci",
    ...own,
    ...pathParametersOf(definition),
    ...args,
  };
}
