import { setTimeout as delay } from "node:timers/promises";

/** Time and chance, injected so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
}

/** Monotonic: a clock that is set while we wait must not make a wait last for hours. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms) => delay(ms),
  random: Math.random,
};
