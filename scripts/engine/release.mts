import { join } from "node:path";
import { run } from "./run.mts";

const TIMEOUT_MS = 10 * 60_000;

/**
 * Downloads the official release into a folder.
 *
 * It runs in a process of its own, because the Automation API offers no way to stop its installer script. A stopped script
 * leaves temporary files behind, so TMPDIR is inside the folder.
 *
 * @throws {Unavailable} the site can't be reached, or the installer fails or takes too long
 */
export async function installRelease(root: string, version: string, signal?: AbortSignal): Promise<void> {
  const installer = join(import.meta.dirname, "installRelease.mts");
  await run(process.execPath, [installer, root, version], {
    timeout: TIMEOUT_MS,
    signal,
    // Node's fetch uses HTTPS_PROXY only with this variable; the installer's curl always does.
    env: { ...process.env, TMPDIR: root, NODE_USE_ENV_PROXY: "1" },
  });
}
