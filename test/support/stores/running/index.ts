import type { Target } from "../../../../provider/delivery/store";
import { closeAll } from "../../http/loopback";
import type { RunningStore, StoreCase } from "./runningStore";
import { awsSecretsManager, awsSsmParameter, gitea, kubernetes, vault } from "./servers";
import { azure, declared, github, gitlab, google } from "./standIns";

export type { RunningStore, StoreCase } from "./runningStore";

/** Every store that has a server. */
export const storeCases: readonly StoreCase[] = [
  ...[vault, kubernetes, awsSecretsManager, awsSsmParameter, gitea],
  ...[github, gitlab, google, azure, declared("acme")],
];

/** Stores that run together, by name. */
export class RunningStores {
  private constructor(readonly byName: ReadonlyMap<string, RunningStore>) {}

  static async start(cases: readonly StoreCase[]): Promise<RunningStores> {
    const started = await Promise.all(cases.map(async (one) => [one.name, await one.start()] as const));
    return new RunningStores(new Map(started));
  }

  get all(): RunningStore[] {
    return [...this.byName.values()];
  }

  get environment(): Record<string, string> {
    return Object.assign({}, ...this.all.map(({ environment }) => environment));
  }

  get config(): Record<string, string> {
    return Object.assign({}, ...this.all.map(({ config }) => config));
  }

  at(name: string): RunningStore {
    const store = this.byName.get(name);
    if (store === undefined) throw new Error(`The store ${name} does not run.`);
    return store;
  }

  /** The value that a consumer finds where a delivery goes. */
  held(target: Target): Promise<string | undefined> {
    return this.at(target.store.replace(/^http:/, "")).held(target);
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((store) => store.stop()));
    await closeAll();
  }
}
