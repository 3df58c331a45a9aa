import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheOf, ensureFolder } from "../builds/cache.mts";
import { copyScripts } from "../builds/moduleScripts.mts";
import { pinnedVersion } from "../builds/pin.mts";
import { runGo } from "../engine/go.mts";
import { type Log, withHeartbeat } from "../engine/heartbeat.mts";
import { executable } from "../engine/installation.mts";
import { type LanguageBuild, toolsFolder } from "./hosts.mts";

const TIMEOUT_MS = 15 * 60_000;

/**
 * The folder with a language host, or with the generators, to be put on PATH. It is built from its pinned Go module the
 * first time.
 *
 * @throws {Unavailable} Go is missing or too old, or the build fails
 */
export async function ensureLanguage(build: LanguageBuild, log: Log, signal: AbortSignal): Promise<string> {
  const name = await folderName(build);
  const fill = (partial: string) => make(build, join(partial, "bin"), log, signal);
  return join(await ensureFolder(join(cacheOf("languages"), name), name, log, signal, fill), "bin");
}

/** The name of its folder in the cache: with its version, and a mark of what of it is in this repository. */
export async function folderName(build: LanguageBuild): Promise<string> {
  const version = await pinnedVersion(toolsFolder(build), build.module);
  if (build.sources.length === 0) return `${build.name}-${version}`;
  const hash = createHash("sha256");
  for (const source of build.sources) hash.update(await readFile(join(toolsFolder(build), source)));
  return `${build.name}-${version}-${hash.digest("hex").slice(0, 8)}`;
}

async function make(build: LanguageBuild, binDir: string, log: Log, signal: AbortSignal): Promise<void> {
  const { program, module, scripts, toolchain } = build;
  const go = (args: string[]) =>
    runGo(args, { cwd: toolsFolder(build), timeout: TIMEOUT_MS, toolchain, signal });
  const output = join(binDir, executable(program));
  await withHeartbeat(log, `building ${program} with Go`, () =>
    go(["build", "-ldflags", "-s -w", "-o", output, build.package]),
  );
  if (scripts.length === 0) return;
  const source = (await go(["list", "-m", "-f", "{{.Dir}}", module])).trim();
  await copyScripts(source, scripts, binDir);
}
