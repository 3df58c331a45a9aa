import { ApiKeysError } from "../../../provider/base/errors";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import { hostedProvider } from "../../support/lifecycle/hostedProvider";
import type { Properties } from "../../support/lifecycle/lifecycle";
import { ModelStores } from "../../support/lifecycle/modelStores";
import { start } from "../../support/lifecycle/world";
import { Engine, type Outcome } from "../../support/modelledEngine";
import { Death, lifeline, type ProviderProcess } from "../../support/modelledEngine/provider";
import type { State } from "../../support/modelledEngine/stateFile";
import type { Host } from "../../support/testedHost";
import { type ModelKey, ModelVendor } from "../../support/vendor/modelVendor";
import { Ledger } from "./ledger";
import { failingAfter } from "./mishap";
import { Notes } from "./notes";
import { ProcessWorld } from "./processWorld";
import { Requests } from "./requests";
import { connectionsTo } from "./service";
import { noTroubles, type Troubles } from "./step";
import type { Surroundings } from "./surroundings";

/** Time that a request takes, in milliseconds. */
const requestMs = 100;

/** A stack of keys of one service, with its program, its engine, its vendor, and what its user is told. */
export class Stack implements Surroundings {
  readonly clock = { now: start };
  readonly ledger = new Ledger();
  readonly notes = new Notes();
  readonly server: ModelVendor;
  readonly connections;
  readonly stores = new ModelStores();
  readonly engine = new Engine(() => this.#startProvider());
  /** What the program asks of each key that it declares. */
  program: Readonly<Record<string, Properties>> = { ci: {} };
  /** Everything that was printed. */
  readonly messages: string[] = [];
  /** Serials of the keys that the user was told to look at. */
  readonly reported = new Set<number>();
  /** Whether a process was killed, so that no state may tell what it has written to a store. */
  hasDied = false;
  #troubles: Troubles = noTroubles;
  #requests: Requests;
  #kill: (who: Death["who"]) => void = () => {};
  #suffixes = 0;
  #processes = 0;

  /**
   * @param displaces whether a new key takes the place of another where only one can be, instead of being refused
   * @param hosts which host each provider process is, in turn
   * @param accept what the vendor makes of the fields that it is asked for. Default: what was asked
   */
  constructor(
    readonly definition: ServiceDefinition,
    displaces: boolean,
    private readonly hosts: readonly Host[],
    accept?: ModelVendor["accept"],
  ) {
    this.server = new ModelVendor(definition, () => this.clock.now);
    if (accept) this.server.accept = accept;
    this.server.displaces = displaces;
    this.connections = connectionsTo(definition);
    this.#requests = this.#expect(noTroubles);
  }

  get state(): State {
    return this.engine.state.read();
  }

  suffix(): string {
    this.#suffixes++;
    return this.#suffixes.toString(16).padStart(7, "0");
  }

  /** Runs a command of the CLI. */
  async command(troubles: Troubles, run: (engine: Engine) => Promise<Outcome>): Promise<Outcome> {
    this.#requests = this.#expect(troubles);
    const said = this.messages.length;
    const outcome = await run(this.engine);
    const { error } = outcome;
    this.hasDied ||= error instanceof Death;
    if (error instanceof Error) this.messages.push(error.message);
    const advises = /revoke (what nobody uses|it if nobody uses it)/;
    const advice = this.messages.slice(said).filter((message) => advises.test(message));
    const present = this.server.keys.filter(({ live }) => live);
    this.#report(present, ({ id }) => advice.some((message) => mentions(message, id)));
    if (error instanceof ApiKeysError && error.code === "ORPHAN_SUSPECTED") {
      const made = this.ledger.deeds.filter(({ did }) => did === "made").map(({ key }) => key);
      const sought = ({ fields: { name } }: ModelKey) =>
        name === undefined ? "a key that nobody uses" : JSON.stringify(name);
      this.#report(made, (key) => error.message.includes(sought(key)));
    }
    return outcome;
  }

  /** The world as a command of our own sees it. */
  world(troubles: Troubles): ProcessWorld {
    this.#requests = this.#expect(troubles);
    return new ProcessWorld(this, this.server, this.#requests);
  }

  #startProvider(): ProviderProcess {
    const { death, kill } = lifeline();
    this.#kill = kill;
    const { mishap, stranger } = this.#troubles;
    const server = stranger ? this.server.as("another-tenant") : this.server;
    const world = new ProcessWorld(this, server, this.#requests);
    const host = this.hosts[this.#processes++ % this.hosts.length];
    const provider = hostedProvider(world, (warning) => this.messages.push(warning), host);
    return { provider: mishap ? failingAfter(mishap, provider) : provider, death };
  }

  #expect(troubles: Troubles): Requests {
    this.#troubles = troubles;
    const onRequest = () => {
      this.clock.now += requestMs;
      this.ledger.requests++;
    };
    return new Requests(troubles, onRequest, (who) => this.#kill(who));
  }

  #report(keys: readonly ModelKey[], isNamed: (key: ModelKey) => boolean): void {
    for (const key of keys) if (isNamed(key)) this.reported.add(key.serial);
  }
}

/** Whether a message names a key: `key-1` is not in "key-12". */
export function mentions(message: string, id: string): boolean {
  return new RegExp(`\\b${id}\\b`).test(message);
}
