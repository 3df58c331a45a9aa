import { Unavailable } from "../engine/unavailable.mts";

/**
 * Runs a script's work. An interrupted one ends by itself: it kills its children, deletes the partial folder and releases
 * the lock. What cannot be had becomes a sentence and an exit code.
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());
  try {
    await work(interruption.signal);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = interruption.signal.aborted ? 130 : 1;
  }
}
