import { secondsOf } from "../format.mts";

/** Something that was to be reached, and what was found; of several situations, in the worst. */
export interface Target {
  readonly target: string;
  readonly found: string;
  readonly reached: boolean;
}

/** A time as a share of another one, of which it may be so much at most. */
export function ratio(what: string, ms: number, otherMs: number, most: number): Target {
  const found = ms / otherMs;
  return {
    target: `${what}, at most ${most.toFixed(2)}`,
    found: `${found.toFixed(2)} (${secondsOf(ms)} ÷ ${secondsOf(otherMs)})`,
    reached: found <= most,
  };
}
