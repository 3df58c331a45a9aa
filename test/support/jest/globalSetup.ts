import { spawnSync } from "node:child_process";
import path from "node:path";
import { recordEmptyStack } from "../engine/emptyStack";
import { repository } from "../engine/environment";

/**
 * Gets the engine once for all workers, which would otherwise wait for each other's lock within their tests, and has it
 * make the empty stack that they copy.
 */
export default function globalSetup(): void {
  // The script needs a Node that runs TypeScript; whoever calls jest directly may have an older one.
  const searchPath = [path.join(repository, "node_modules", ".bin"), process.env.PATH].join(path.delimiter);
  const { status, stdout } = spawnSync("node", [path.join(repository, "scripts/engine/main.mts")], {
    encoding: "utf8",
    env: { ...process.env, PATH: searchPath },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("There is no Pulumi engine for the tests; the lines above say why.");
  process.env.PULUMI_APIKEYS_ENGINE_BIN = stdout.trim();
  recordEmptyStack();
}
