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
  /** The value that a consumer finds where a delivery goes. */
  held(target: Target): Promise<string | undefined>;
  /** The value in the version before, where the store keeps versions. */
  heldBefore?(target: Target): Promise<string | undefined>;
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

/** A member of a delivery. */
export function member(target: Target, name: string): string {
  return String(target[name]);
}

/** The field to which a delivery takes the value; undefined where its secret is one text. */
export function valueField({ field, fields }: Target): string | undefined {
  const [named] = Object.entries(fields ?? {}).find(([, part]) => part === "value") ?? [];
  return field === undefined ? named : String(field);
}

/** The value in the text of a secret, which is a JSON object where a delivery names fields. */
export function valueIn(text: string | undefined, target: Target): string | undefined {
  const name = valueField(target);
  return text === undefined || name === undefined ? text : JSON.parse(text)[name];
}
