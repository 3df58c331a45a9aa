import type { Operation, PeerName } from "../../peers/peer.mts";
import { type Cell, medianMs } from "../../results.mts";
import { secondsOf } from "../format.mts";

/** A target, and what was found; of several situations, the worst. */
export interface Target {
  readonly target: string;
  readonly found: string;
  readonly reached: boolean;
}

/** The ratio of two times, with the highest that is allowed. */
export function ratio(what: string, ms: number, otherMs: number, most: number): Target {
  const found = ms / otherMs;
  return {
    target: `${what}, at most ${most.toFixed(2)}`,
    found: `${found.toFixed(2)} (${secondsOf(ms)} ÷ ${secondsOf(otherMs)})`,
    reached: found <= most,
  };
}

/** Finds a cell of a vendor without a limit. */
export type Finder = (peer: PeerName, keys: number, latencyMs: number) => Cell | undefined;

/** Undefined for what was not measured. */
export function time(cell: Cell | undefined, operation: Operation): number | undefined {
  return medianMs(cell?.operations[operation]);
}
