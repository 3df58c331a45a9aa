import type { VendorAddress } from "../../vendor/protocol.mts";
import type { Operation } from "../peer.mts";

/** What a process that needs no engine is started with. */
export interface DirectSettings {
  readonly keys: number;
  readonly vendor: VendorAddress;
  /** Keys worked on at once: as many as our client has requests under way. */
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
