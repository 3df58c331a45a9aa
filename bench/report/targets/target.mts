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
