import { join } from "node:path";
import { copyScripts } from "../builds/moduleScripts.mts";
import { runGo } from "./go.mts";
import { type Log, withHeartbeat } from "./heartbeat.mts";
import { executable, script } from "./installation.mts";
import { isAtLeast, type Pins, parseVersion, TOOLS_DIR } from "./pins.mts";
import { Unavailable } from "./unavailable.mts";

const TIMEOUT_MS = 30 * 60_000;
const SDK = "github.com/pulumi/pulumi/sdk/v3";

/** Shell scripts of the SDK module, which the distribution puts beside the CLI. */
const SCRIPTS = ["pulumi-resource-pulumi-nodejs", "pulumi-analyzer-policy"];

/**
 * Builds the engine from the Go modules pinned in tools/. They come through Go's module proxy and are checked against
 * go.sum. This serves machines that reach package registries and nothing else.
 *
 * @throws {Unavailable} Go is missing or too old, or the build fails
 */
export async function buildEngine(root: string, pins: Pins, log: Log, signal?: AbortSignal): Promise<void> {
  await requireGo(pins);
  const build = async (module: string, command: string, packagePath: string, linkerFlags: string) => {
    const output = join(root, "bin", executable(command));
    await withHeartbeat(log, `building ${command} with Go`, () =>
      go(module, ["build", "-ldflags", `-s -w ${linkerFlags}`, "-o", output, packagePath], signal),
    );
  };
  const stamp = `-X ${SDK}/go/common/version.Version=${pins.version}`;
  await build("pulumi", "pulumi", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", stamp);
  const host = "pulumi-language-nodejs";
  await build("language-nodejs", host, `${SDK}/nodejs/cmd/${host}`, "");
  const sdkFolder = (await go("pulumi", ["list", "-m", "-f", "{{.Dir}}", SDK], signal)).trim();
  const scripts = SCRIPTS.map((name) => join("nodejs", "dist", script(name)));
  await copyScripts(sdkFolder, scripts, join(root, "bin"));
}

async function requireGo(pins: Pins): Promise<void> {
  const answer = await go("pulumi", ["version"]).catch(() => undefined);
  if (answer === undefined) throw new Unavailable("there is no Go toolchain on PATH");
  const version = parseVersion(answer.replace(/^.*?\bgo(?=\d)/s, ""));
  if (!version || !isAtLeast(version, pins.go)) {
    throw new Unavailable(`Go ${version ?? answer.trim()} is older than ${pins.go}`);
  }
}

function go(module: string, args: string[], signal?: AbortSignal): Promise<string> {
  return runGo(args, { cwd: join(TOOLS_DIR, module), timeout: TIMEOUT_MS, signal });
}
