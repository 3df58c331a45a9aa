export type Log = (line: string) => void;

const EVERY_SECONDS = 15;

/** Prints every 15 s that a long step is still running, for a silent terminal looks like a hung one. */
export async function withHeartbeat<T>(log: Log, step: string, work: () => Promise<T>): Promise<T> {
  let seconds = 0;
  log(`${step} ...`);
  const timer = setInterval(() => {
    seconds += EVERY_SECONDS;
    log(`${step}: ${seconds} s so far ...`);
  }, EVERY_SECONDS * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
