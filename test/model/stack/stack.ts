import { ApiKeysError } from "../../../provider/errors";
import { leftover, type Properties } from "../../../provider/lifecycle";
import type { ServiceDefinition } from "../../../provider/service/definition";
import { type ModelKey, ModelVendor } from "../../unit/support/modelVendor";
import { day, start } from "../../unit/support/world";
import { Engine, type Outcome } from "../engine";
import { type Death, lifeline } from "../engine/provider";
import type { State } from "../engine/stateFile";
import { lifecycleProvider } from "../lifecycleProvider";
import { Ledger } from "./ledger";
import { Notes } from "./notes";
import { ProcessWorld } from "./processWorld";
import { Requests } from "./requests";
import { argumentsOf, connectionsTo, placesOf } from "./service";
import { noTroubles, type Step, type Troubles } from "./step";
import type { Surroundings } from "./surroundings";

/** Time that a request takes, in milliseconds. */
const requestMs = 100;

/** A step that was taken, and the state on both sides of it. */
export interface Played {
  readonly step: Step;
  readonly before: State;
  readonly after: State;
  /** Of a command of the CLI. */
  readonly outcome?: Outcome | undefined;
}

/** A stack of keys of one service, with its program, its engine, its vendor, and its user. */
export class Stack implements Surroundings {
  readonly clock = { now: start };
  readonly ledger = new Ledger();
  readonly notes = new Notes();
  readonly server: ModelVendor;
  readonly connections;
  /** Everything that was printed. */
  readonly messages: string[] = [];
  program: Readonly<Record<string, Properties>> = { ci: {} };
  /** Whether the last command of the CLI did not succeed. */
  failed = false;
  /** Ids of keys of which the user was told that they may be left over. */
  readonly reported = new Set<string>();
  readonly #engine: Engine;
  #suffixes = 0;
  #requests = this.#requestsOf(noTroubles);
  #kill: (who: Death["who"]) => void = () => {};

  constructor(readonly definition: ServiceDefinition) {
    this.server = new ModelVendor(definition, () => this.clock.now);
    this.connections = connectionsTo(definition);
    this.#engine = new Engine(() => {
      const { death, kill } = lifeline();
      this.#kill = kill;
      const world = new ProcessWorld(this, this.#requests);
      return { provider: lifecycleProvider(world, (warning) => this.messages.push(warning)), death };
    });
  }

  get state(): State {
    return this.#engine.state.read();
  }

  async play(step: Step): Promise<Played> {
    const before = this.state;
    const outcome = await this.#do(step);
    this.failed = outcome !== undefined && outcome.ending !== "succeeded";
    return { step, before, after: this.state, outcome };
  }

  /** The user revokes what the messages named, and colleagues leave the place of a singleton. */
  heedReports(): void {
    const held = this.state.resources.map(({ outputs }) => outputs.keyId);
    for (const key of this.server.keys) {
      const ours = this.ledger.isOurs(key);
      const inTheWay = this.definition.kind === "singleton" && !ours;
      if (inTheWay || (ours && this.reported.has(key.id) && !held.includes(key.id))) key.live = false;
    }
  }

  suffix(): string {
    this.#suffixes++;
    return this.#suffixes.toString(16).padStart(7, "0");
  }

  async #do(step: Step): Promise<Outcome | undefined> {
    switch (step.do) {
      case "edit":
        this.program = step.program;
        return undefined;
      case "up": {
        const { preview, replace } = step;
        const program = Object.entries(this.program).map(([name, asked]) => [
          name,
          argumentsOf(this.definition, name, asked),
        ]);
        const targets = replace ? Object.keys(this.program) : [];
        return this.#command(step, () =>
          this.#engine.up(Object.fromEntries(program), { preview, replace: targets }),
        );
      }
      case "refresh":
        return this.#command(step, () => this.#engine.refresh({ preview: step.preview }));
      case "destroy":
        return this.#command(step, () => this.#engine.destroy());
      case "recover":
        this.#requests = this.#requestsOf(step);
        await this.#recover();
        return undefined;
      case "wait":
        this.clock.now += (step.hours * day) / 24;
        return undefined;
      case "issue":
        this.#issue(step.name, step.place);
        return undefined;
      default:
        this.#end(step);
        return undefined;
    }
  }

  async #command(troubles: Troubles, run: () => Promise<Outcome>): Promise<Outcome> {
    const said = this.messages.length;
    this.#requests = this.#requestsOf(troubles);
    const outcome = await run();
    for (const warning of this.messages.slice(said)) this.#heed(warning, ({ id }) => [id]);
    const { error } = outcome;
    if (error instanceof Error) this.messages.push(error.message);
    if (error instanceof ApiKeysError && error.code === "ORPHAN_SUSPECTED") {
      this.#heed(error.message, ({ id, fields }) => [id, JSON.stringify(fields.name)]);
    }
    return outcome;
  }

  /** Notes the keys that a message names. */
  #heed(message: string, names: (key: ModelKey) => string[]): void {
    for (const key of this.server.keys) {
      if (names(key).some((name) => message.includes(name))) this.reported.add(key.id);
    }
  }

  /** What `pulumi-apikeys recover` does, with a user who knows whose a key is. */
  async #recover(): Promise<void> {
    // Until `recover` waits by itself, the user waits for the vendor's list to catch up.
    this.clock.now += 10_000;
    const world = new ProcessWorld(this, this.#requests);
    const { resources, pending } = this.state;
    const tracked = new Set(resources.map(({ outputs }) => String(outputs.keyId)));
    const traces = [...pending.map(({ inputs }) => inputs), ...this.notes.open];
    try {
      const found = [];
      for (const inputs of traces) found.push(await leftover(world, inputs, tracked));
      this.#engine.state.write({ resources, pending: [] });
      for (const note of this.notes.open) this.notes.strike(note);
      for (const { keys, revoke } of found) {
        const condemned = keys.filter(({ id }) => this.ledger.isOurs(this.server.key(id)));
        for (const key of condemned) this.reported.add(key.id);
        for (const key of condemned) await revoke(key);
      }
    } catch (error) {
      if (!(error instanceof ApiKeysError)) throw error;
      this.messages.push(error.message);
    }
  }

  /** A colleague's key, where there is room for it. */
  #issue(name: string, place: number): void {
    const parents = placesOf(this.definition)[place] ?? {};
    const there = this.server.keys.filter(
      (key) => key.live && JSON.stringify(key.parents) === JSON.stringify(parents),
    );
    if (this.definition.kind === "singleton" && there.length > 0) return;
    this.server.lagMs = 0;
    this.server.issue(parents, { name });
  }

  /** Someone ends one of our keys in the vendor's own console. */
  #end(step: Extract<Step, { do: "revoke" | "deactivate" }>): void {
    const held = this.state.resources.map(({ outputs }) => outputs.keyId);
    const keys = this.server.keys.filter((key) => key.live && held.includes(key.id));
    const key = keys[step.key % keys.length];
    if (!key) return;
    if (step.do === "revoke") key.live = false;
    else if (this.definition.fields.active) key.fields.active = false;
  }

  #requestsOf(troubles: Troubles): Requests {
    this.ledger.begin();
    const onRequest = () => {
      this.clock.now += requestMs;
      this.ledger.requests++;
    };
    return new Requests(troubles, onRequest, (who) => this.#kill(who));
  }
}
