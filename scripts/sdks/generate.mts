import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../engine/heartbeat.mts";
import { executable } from "../engine/installation.mts";
import { run } from "../engine/run.mts";
import { ensureLanguage } from "../languages/ensure.mts";
import { languageBuilds } from "../languages/hosts.mts";

/** What there are generators for. */
export const languages = ["nodejs", "python", "go", "dotnet"] as const;
export type Language = (typeof languages)[number];

export interface Wanted {
  /** Definition of the service whose package is made. Undefined for the package of the built-in ones. */
  readonly definition: unknown;
  readonly isOnlyChecked: boolean;
  readonly languages: readonly Language[];
}

const TIMEOUT_MS = 60_000;

/** A compiled module of the plugin. */
function plugin(module: string) {
  return createRequire(import.meta.url)(`../../dist/provider/host/plugin/${module}`);
}

/** The file of the program with the generators. It is built the first time. */
export async function generators(log: Log, signal: AbortSignal): Promise<string> {
  const build = languageBuilds.find(({ name }) => name === "sdkgen");
  if (!build) throw new TypeError("There is no sdkgen among the builds.");
  return join(await ensureLanguage(build, log, signal), executable(build.program));
}

/**
 * Writes the packages of one schema, each in a folder with the name of its language.
 *
 * @param out folder for those of the built-in services; a definition's are in one of its name within
 * @returns the folders
 */
export async function write(generator: string, out: string, wanted: Wanted): Promise<string[]> {
  const own = wanted.definition && plugin("packageOf").packageOf(wanted.definition);
  const schema = plugin("schema/packageSchema").packageSchema(own);
  const scratch = await mkdtemp(join(tmpdir(), "pulumi-apikeys-schema-"));
  try {
    const file = join(scratch, "schema.json");
    await writeFile(file, JSON.stringify(schema));
    if (wanted.isOnlyChecked) {
      await run(generator, ["check", file], { timeout: TIMEOUT_MS });
      return [];
    }
    const root = wanted.definition ? join(out, schema.name) : out;
    const folders = wanted.languages.map((language) => join(root, language));
    // What a schema no longer has would stay.
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    await run(generator, ["gen", file, root, ...wanted.languages], { timeout: TIMEOUT_MS });
    return folders;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
