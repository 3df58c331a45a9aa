import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Log } from "../engine/heartbeat.mts";
import { withLock } from "../engine/lock.mts";

/** A folder of the user's cache, where every checkout of this repository finds what another has built. */
export function cacheOf(kind: "stores" | "languages"): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-apikeys", kind);
}

/**
 * Gives a folder of the cache, which `fill` makes if it is not there. It is renamed as a whole: other processes see all of
 * it or nothing, and only one fills it.
 */
export async function ensureFolder(
  folder: string,
  label: string,
  log: Log,
  signal: AbortSignal,
  fill: (partial: string) => Promise<void>,
): Promise<string> {
  const isThere = () =>
    stat(folder).then(
      () => true,
      () => false,
    );
  if (!(await isThere())) {
    await mkdir(dirname(folder), { recursive: true });
    await withLock(`${folder}.lock`, log, signal, async () => {
      if (await isThere()) return;
      const partial = await mkdtemp(join(dirname(folder), ".partial-"));
      try {
        await fill(partial);
        await rename(partial, folder);
      } finally {
        await rm(partial, { recursive: true, force: true });
      }
    });
  }
  log(`${label} is in ${folder}`);
  return folder;
}
