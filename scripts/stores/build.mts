import { cp } from "node:fs/promises";
import { join } from "node:path";
import { runGo } from "../engine/go.mts";
import { type Log, withHeartbeat } from "../engine/heartbeat.mts";
import { executable } from "../engine/installation.mts";
import { run } from "../engine/run.mts";
import { moduleFolder, type StoreBuild } from "./modules.mts";

const TIMEOUT_MS = 60 * 60_000;

/**
 * Builds the programs of a store from the Go modules pinned in tools/stores. They come through Go's module proxy and are
 * checked against go.sum.
 *
 * @param root folder that gets them
 * @throws {Unavailable} Go is missing or too old, or a build fails
 */
export async function buildStore(
  store: StoreBuild,
  version: string,
  root: string,
  log: Log,
  signal?: AbortSignal,
): Promise<void> {
  for (const { name, module, package: packagePath, stamp, cgo } of store.programs) {
    const flags = ["-s -w", stamp?.(version)].filter(Boolean).join(" ");
    const tags = cgo ? ["-tags", "sqlite,sqlite_unlock_notify"] : [];
    const output = join(root, executable(name));
    await withHeartbeat(log, `building ${name} with Go`, () =>
      go(module, ["build", ...tags, "-ldflags", flags, "-o", output, packagePath], cgo === true, signal),
    );
  }
  if (store.folders.length === 0) return;
  const source = (await go(store.module, ["list", "-m", "-f", "{{.Dir}}", store.path], false, signal)).trim();
  for (const folder of store.folders) {
    await cp(join(source, folder), join(root, folder), { recursive: true, mode: 0 });
  }
  // Files of the module cache are read-only, and so are their copies, which nobody could delete.
  await run("chmod", ["-R", "u+w", root], { timeout: TIMEOUT_MS, signal });
}

function go(module: string, args: string[], cgo: boolean, signal?: AbortSignal): Promise<string> {
  return runGo(args, { cwd: moduleFolder(module), timeout: TIMEOUT_MS, cgo, signal });
}
