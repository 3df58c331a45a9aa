import { access, mkdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const abandonedMs = 60_000;

/**
 * A folder in the user's cache with something that takes long to install. Made once: other workers wait for the one
 * that makes it.
 *
 * @param name with the version: `moto-5.2.5`
 */
export async function cachedInstall(
  name: string,
  install: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(
    process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"),
    "pulumi-apikeys/stores",
    name,
  );
  const mark = path.join(folder, "complete");
  const isThere = () =>
    access(mark).then(
      () => true,
      () => false,
    );
  await mkdir(path.dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  while (!(await isThere())) {
    if (!(await take(lock))) {
      await sleep(200);
      continue;
    }
    const toucher = setInterval(
      () => void utimes(lock, new Date(), new Date()).catch(() => {}),
      abandonedMs / 6,
    );
    try {
      if (await isThere()) break;
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      await install(folder);
      await writeFile(mark, "");
    } finally {
      clearInterval(toucher);
      await rm(lock, { recursive: true, force: true });
    }
  }
  return folder;
}

/** Of a process that was killed, the lock grows old. */
async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch {
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > abandonedMs) await rm(lock, { recursive: true, force: true });
    return false;
  }
}
