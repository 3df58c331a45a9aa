import type { Spent } from "../process/command.mts";
import type { VendorAddress } from "../vendor/protocol.mts";

/** What a user does with a stack of keys, in the order in which it is measured. */
export const operations = ["up", "unchanged", "refresh", "rotate", "destroy"] as const;
export type Operation = (typeof operations)[number];

/** The setting of one measured stack. */
export interface Setting {
  readonly keys: number;
  readonly vendor: VendorAddress;
  /** Whether Pulumi's engine writes the state at each step, or at the end only. */
  readonly checkpoints: boolean;
  /** Milliseconds after which one operation is given up. */
  readonly timeoutMs: number;
}

/** A peer's keys at one vendor. */
export interface Stack {
  /** @throws {CommandFailure} it fails or takes longer than the setting allows */
  run(operation: Operation): Promise<Spent>;
  /** Does an `up` in the fastest way, for a measurement that begins after it. */
  prepare(): Promise<void>;
  /** Bytes of the state on disk; undefined for a peer without a state. */
  stateBytes(): number | undefined;
  remove(): Promise<void>;
}

/** One way to manage keys. */
export interface Peer {
  /** @throws {Unavailable} this machine cannot run it; the message is the reason */
  open(setting: Setting): Promise<Stack>;
}

/**
 * `plugin` is our provider as a resource plugin, `yaml` the same with a program that starts no Node.js; `floor` sends nothing;
 * `direct` is our provider without an engine, `undici` its requests without our provider.
 */
export const peerNames = ["ours", "plugin", "yaml", "naive", "restapi", "floor", "direct", "undici"] as const;
export type PeerName = (typeof peerNames)[number];

/** Those that Pulumi's engine drives. */
export const enginePeers: readonly PeerName[] = ["ours", "plugin", "yaml", "naive", "floor"];
