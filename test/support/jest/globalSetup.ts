import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { compileProviders } from "../engine/compiled";
import { recordEmptyStack } from "../engine/emptyStack";
import { repository } from "../engine/environment";
import { startKeyService } from "../engine/keyService";

/**
 * Gets the engine once for all workers, which would otherwise wait for each other's lock within their tests, and has it
 * make the empty stack that they copy. A run of all tests begins to get what programs in other languages run on.
 */
export default async function globalSetup(run: {
  readonly testPathPatterns: { readonly patterns: string[] };
}): Promise<void> {
  // The scripts need a Node that runs TypeScript; whoever calls jest directly may have an older one.
  const searchPath = [path.join(repository, "node_modules", ".bin"), process.env.PATH].join(path.delimiter);
  const env = { ...process.env, PATH: searchPath };
  const { status, stdout } = spawnSync("node", [path.join(repository, "scripts/engine/main.mts")], {
    encoding: "utf8",
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("There is no Pulumi engine for the tests; the lines above say why.");
  process.env.PULUMI_APIKEYS_ENGINE_BIN = stdout.trim();
  await startKeyService();
  recordEmptyStack();
  compileProviders();
  if (run.testPathPatterns.patterns.length > 0) return;
  // Behind the tests, with less priority. Those that need it wait for it, and say what goes wrong with it.
  const languages = path.join(repository, "scripts/languages/main.mts");
  spawn("node", [languages], { env, stdio: "ignore", detached: true }).unref();
}
