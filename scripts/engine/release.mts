import { join } from "node:path";
import { run } from "./run.mts";

const TIMEOUT_MS = 10 * 60_000;

/**
 * Downloads the official release into a folder.
 *
 * In a process of its own: the Automation API runs an installer script that it offers no way to stop, and
 * leaves that script's temporary files behind when stopped, which is why TMPDIR is inside the folder.
 *
 * @throws {Unavailable} the site can't be reached, or the installer fails or takes too long
 */
export async function installRelease(root: string, version: string, signal?: AbortSignal): Promise<void> {
  const installer = join(import.meta.dirname, "installRelease.mts");
  await run(process.execPath, [installer, root, version], {
    timeout: TIMEOUT_MS,
    signal,
    // Node's fetch heeds HTTPS_PROXY only when it is told to; the installer's curl always does.
    env: { ...process.env, TMPDIR: root, NODE_USE_ENV_PROXY: "1" },
  });
}
