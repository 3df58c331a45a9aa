import type { DirectAnswer, DirectRequest, DirectSettings, Driver } from "./protocol.mts";

/** Runs operations for the parent process, and reports the time of each. */
export async function serve(start: (settings: DirectSettings) => Promise<Driver>): Promise<void> {
  const driver = await start(JSON.parse(process.argv[2] ?? "") as DirectSettings);
  process.on("message", (request: DirectRequest) => {
    void measured(driver[request.operation]).then((answer) => process.send?.(answer));
  });
  process.send?.({});
}

async function measured(operation: () => Promise<void>): Promise<DirectAnswer> {
  const startedMs = performance.now();
  try {
    await operation();
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
  const wallMs = performance.now() - startedMs;
  return { wallMs, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };
}

/** Runs a task for each item, with a bounded number at once. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  concurrency: number,
  act: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      await act(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
