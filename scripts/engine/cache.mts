import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { inspect } from "./installation.mts";
import { Unavailable } from "./unavailable.mts";

export type Origin = "release" | "build";

const LEFTOVER_MS = 60 * 60 * 1000;

/** A folder in the user's cache, where every checkout of this repository finds what is in it. Default: that of engines. */
export function cacheFolder(name = "engine"): string {
  return join(userCache(), "pulumi-apikeys", name);
}

function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === "win32") return LOCALAPPDATA || join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  // The XDG specification wants a relative path to be ignored.
  return XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
}

/** @throws {Unavailable} it isn't there, is damaged, or is of another version */
export async function findInCache(
  folder: string,
  version: string,
): Promise<{ binDir: string; origin: Origin }> {
  const root = join(folder, version);
  const origin = await readFile(join(root, "origin"), "utf8").catch(() => undefined);
  if (origin !== "release" && origin !== "build") throw new Unavailable(`${root} holds no engine`);
  const binDir = join(root, "bin");
  const answer = await inspect(binDir);
  if (answer !== version) throw new Unavailable(`${binDir} has Pulumi ${answer} instead of ${version}`);
  return { binDir, origin };
}

/**
 * Lets `fill` make an engine in a hidden sibling folder, and renames that folder to its version once the engine works.
 * So other processes see a complete engine or none.
 *
 * @throws {Unavailable} `fill` failed, or its engine doesn't work; nothing is left behind
 */
export async function publish(
  folder: string,
  version: string,
  origin: Origin,
  fill: (root: string) => Promise<void>,
): Promise<void> {
  const staging = await mkdtemp(join(folder, ".partial-"));
  try {
    const root = join(staging, "new");
    await mkdir(join(root, "bin"), { recursive: true });
    await fill(root);
    await writeFile(join(root, "origin"), origin);
    const answer = await inspect(join(root, "bin"));
    if (answer !== version) throw new Unavailable(`it gave Pulumi ${answer} instead of ${version}`);
    // A folder can't be renamed over one that has files, so the damaged engine is moved away first.
    await rename(join(folder, version), join(staging, "old")).catch(() => {});
    await rename(root, join(folder, version));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Deletes folders that killed processes left. Recent ones stay: a running process may be using them. */
export async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(".partial-")) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > LEFTOVER_MS) await rm(join(folder, name), { recursive: true, force: true });
  }
}
