import type { Target } from "../../../../provider/delivery/store";
import type { Gate } from "../gate";

/** A store that runs, as a test of any store uses it. */
export interface RunningStore {
  /** Whether it shows what it holds. */
  readonly showsValues: boolean;
  /** What the provider needs to find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stack config that it needs besides. */
  readonly config?: Readonly<Record<string, string>>;
  /** Where all requests of the provider come by. */
  readonly gate: Gate;
  /** The first and the last request of a write, as the gate tells them. */
  readonly writes: { readonly first: RegExp; readonly last: RegExp };
  /** A delivery of the value to a place of its own, and nothing else. */
  target(place: string): Target;
  /** The value that a consumer finds there. */
  held(place: string): Promise<string | undefined>;
  /** The value of the version before, where the store keeps versions. */
  heldBefore?(place: string): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** A kind of store, which may be missing on this machine. */
export interface StoreCase {
  /** The store's name in programs. */
  readonly name: string;
  /** Whether it can be run here. */
  readonly canRun: boolean;
  start(): Promise<RunningStore>;
}
