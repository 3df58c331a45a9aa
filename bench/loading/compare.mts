import { run } from "../../scripts/engine/run.mts";
import { median } from "../results.mts";

const timeoutMs = 2 * 60_000;

/** Milliseconds of the same process, without and with our part. */
export interface Compared {
  readonly empty: number;
  readonly ours: number;
}

/**
 * Runs two commands of Node.js in turn, so that other work of the machine slows both.
 *
 * @returns the median of each
 * @throws {Unavailable} one of them fails
 */
export async function compareTimes(
  cwd: string,
  commands: Readonly<Record<keyof Compared, readonly string[]>>,
  repeats: number,
): Promise<Compared> {
  const times: Record<keyof Compared, number[]> = { empty: [], ours: [] };
  for (let repeat = 0; repeat <= repeats; repeat++) {
    for (const name of ["empty", "ours"] as const) {
      const startedMs = performance.now();
      await run(process.execPath, [...commands[name]], { cwd, timeout: timeoutMs });
      // The first time fills the system's file cache.
      if (repeat > 0) times[name].push(performance.now() - startedMs);
    }
  }
  return { empty: median(times.empty) ?? 0, ours: median(times.ours) ?? 0 };
}
