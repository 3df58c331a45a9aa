import { ensureEngine } from "./ensureEngine.mts";
import { Unavailable } from "./unavailable.mts";

const log = (line: string) => process.stderr.write(`engine: ${line}\n`);

// An interrupted run ends by itself: it kills its children, deletes the partial folder and releases the lock.
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());

try {
  const { binDir } = await ensureEngine({ log, signal: interruption.signal });
  process.stdout.write(`${binDir}\n`);
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}
