import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheOf, ensureFolder } from "../builds/cache.mts";
import { type Log, withHeartbeat } from "../engine/heartbeat.mts";
import { TOOLS_DIR } from "../engine/pins.mts";
import { run } from "../engine/run.mts";

const TIMEOUT_MS = 10 * 60_000;
const requirements = join(TOOLS_DIR, "languages", "python", "requirements.txt");

/**
 * The folder of a virtual environment with the packages that programs in Python and their generated packages need. They
 * are installed the first time, from PyPI.
 *
 * @throws {Unavailable} there is no Python with `venv`, or no package index
 */
export async function ensurePythonPackages(log: Log, signal: AbortSignal): Promise<string> {
  const mark = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  const name = `python-packages-${mark.slice(0, 8)}`;
  return ensureFolder(join(cacheOf("languages"), name), name, log, signal, async (partial) => {
    await run("python3", ["-m", "venv", partial], { timeout: TIMEOUT_MS, signal });
    // Once it is renamed, its interpreter works and its scripts do not: pip is a module to whoever uses it.
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
    await withHeartbeat(log, "installing Pulumi's package for Python", () =>
      run(join(partial, "bin", "python"), pip, { timeout: TIMEOUT_MS, signal }),
    );
  });
}
