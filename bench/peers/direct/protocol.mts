import type { VendorAddress } from "../../vendor/protocol.mts";
import type { Operation } from "../peer.mts";

/** The arguments of a process that needs no engine. */
export interface DirectSettings {
  readonly keys: number;
  readonly vendor: VendorAddress;
  /** Keys handled at once: as many as our client sends requests at once. */
  readonly concurrency: number;
}

/** Keys managed by a process without an engine. */
export type Driver = Readonly<Record<Operation, () => Promise<void>>>;

export interface DirectRequest {
  readonly operation: Operation;
}

export type DirectAnswer =
  | { readonly wallMs: number; readonly peakMemoryBytes: number }
  | { readonly failure: string };
