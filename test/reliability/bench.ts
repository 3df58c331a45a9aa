import type { Sandbox, VendorName } from "../../sandbox";
import { HttpWorld } from "../support/lifecycle/httpWorld";
import type { Properties } from "../support/lifecycle/lifecycle";
import { ModelEngine } from "../support/lifecycle/modelEngine";
import type { ContractCase } from "../support/vendor/contractCases";
import { NOW, type Send } from "../support/vendor/sandbox";

/** Where the requests of a key's own API go, logins aside. */
export const keyApi = /api-key/;

/** What a proxy or a login answers in place of the vendor. */
export const page = "<!doctype html><title>Log in</title>";

/** One program's stack at one vendor, over real HTTP. */
export class Bench {
  readonly vendor: VendorName;
  readonly world: HttpWorld;
  readonly engine: ModelEngine;

  constructor(
    readonly row: ContractCase,
    readonly sandbox: Sandbox,
    private readonly send: Send,
    { now = () => NOW, ...settings }: { now?: () => number } & Readonly<Record<string, unknown>> = {},
  ) {
    this.vendor = row.definition.name as VendorName;
    this.world = new HttpWorld(row, sandbox.url, now, { listLagSeconds: 0, ...settings });
    this.engine = new ModelEngine(this.world);
  }

  /** The same stack, as a connection with other credentials sees it. */
  as(credentials: ContractCase["credentials"]): Bench {
    const other = new Bench({ ...this.row, credentials }, this.sandbox, this.send);
    other.engine.state = this.engine.state;
    return other;
  }

  get singleton(): boolean {
    return this.row.definition.kind === "singleton";
  }

  up(args: Properties = {}) {
    return this.engine.up({ ...this.row.pathParameters, ...args });
  }

  /** Ids of the keys that work at the vendor now. */
  live(): string[] {
    return this.sandbox.keys(this.vendor).flatMap((key) => (key.live ? [key.id] : []));
  }

  /** Requests of the key's own API, by method. */
  count(method: string): number {
    return this.sandbox.journal.count({ method, path: keyApi });
  }

  /**
   * What the user is shown by an operation: its warnings, and the error it fails with.
   *
   * @param operation of this bench's engine
   */
  async seen(operation: () => Promise<unknown>): Promise<string> {
    try {
      await operation();
      return this.engine.warnings.join("\n");
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** One live key, which the state holds with a value that works. */
  async expectOne(): Promise<void> {
    expect(this.live()).toEqual([this.engine.outputs.keyId]);
    const { path, as } = this.row.ping;
    const { status } = await this.send("GET", path, as(String(this.engine.outputs.value)));
    expect(status).toBe(200);
  }

  /** What an operation left is what was there before. */
  async expectUnchanged(operation: () => Promise<unknown>, look: RegExp): Promise<void> {
    const [state, live] = [this.engine.state, this.live()];
    expect(await this.seen(operation)).toMatch(look);
    expect(this.engine.state).toEqual(state);
    expect(this.live()).toEqual(live);
  }
}
