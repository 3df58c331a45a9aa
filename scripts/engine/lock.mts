import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type Log, withHeartbeat } from "./heartbeat.mts";
import { Unavailable } from "./unavailable.mts";

const POLL_MS = 200;
const TOUCH_MS = 10_000;
const ABANDONED_MS = 60_000;

/**
 * Runs `work` while no other process runs its own under the same lock file.
 *
 * The lock saves work and is not needed for safety, because `work` publishes its result by renaming a folder. If two
 * processes break the same stale lock at once, both build, and nothing worse happens.
 */
export async function withLock<T>(
  file: string,
  log: Log,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!(await tryToTake(file))) {
    await withHeartbeat(log, `waiting for ${await holder(file)}, which is doing the same`, async () => {
      while (!(await tryToTake(file))) {
        if (signal?.aborted) throw new Unavailable("it was interrupted");
        await sleep(POLL_MS);
      }
    });
  }
  // Only a running holder touches the file. A recycled pid, or one of another container, does not.
  const toucher = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), TOUCH_MS);
  try {
    return await work();
  } finally {
    clearInterval(toucher);
    await rm(file, { force: true });
  }
}

async function tryToTake(file: string): Promise<boolean> {
  if (await create(file)) return true;
  if (!(await isStale(file))) return false;
  await rm(file, { force: true });
  return create(file);
}

async function create(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid} ${hostname()}`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    if (Date.now() - mtimeMs > ABANDONED_MS) return true;
    const [pid, host] = text.split(" ");
    // An empty file was just created and not written yet. A pid of another host means nothing here.
    return Boolean(pid) && host === hostname() && !isAlive(Number(pid));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function holder(file: string): Promise<string> {
  const [pid] = (await readFile(file, "utf8").catch(() => "")).split(" ");
  return pid ? `process ${pid}` : "another process";
}
