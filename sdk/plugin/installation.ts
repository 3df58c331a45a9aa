import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { ownPackage } from "../../provider/base/ownPackage";

type Environment = Readonly<Record<string, string | undefined>>;

const bundleName = "pulumi-resource-apikeys.cjs";
const { folder: packageFolder, version } = ownPackage();

/** Version of the plugin: that of the package which brings it. */
export const pluginVersion: string = version;

/** The folder in which the engine looks for this version of the plugin. */
export function pluginFolder(environment: Environment): string {
  const home = environment.PULUMI_HOME || path.join(homedir(), ".pulumi");
  return path.join(home, "plugins", `resource-apikeys-v${pluginVersion}`);
}

/**
 * Puts the plugin where the engine looks. Files that are there already and the same stay untouched, and each other one is
 * put in place as a whole: several programs may do so at once.
 *
 * @returns whether there was something to do
 */
export function installPlugin(environment: Environment): boolean {
  const folder = pluginFolder(environment);
  const bundle = readFileSync(path.join(packageFolder, "dist/plugin", bundleName), "utf8");
  mkdirSync(folder, { recursive: true });
  const written = [
    put(folder, bundleName, bundle, 0o644),
    // Last: the engine starts it as soon as it is there.
    process.platform === "win32"
      ? put(folder, "pulumi-resource-apikeys.cmd", commandFile(), 0o755)
      : put(folder, "pulumi-resource-apikeys", shellScript(), 0o755),
  ];
  return written.includes(true);
}

/** @returns whether there was a plugin to remove */
export function removePlugin(environment: Environment): boolean {
  const folder = pluginFolder(environment);
  const isThere = textOf(path.join(folder, bundleName)) !== undefined;
  rmSync(folder, { recursive: true, force: true });
  return isThere;
}

function put(folder: string, name: string, text: string, mode: number): boolean {
  const file = path.join(folder, name);
  if (textOf(file) === text) return false;
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, text, { mode });
  chmodSync(part, mode);
  renameSync(part, file);
  return true;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Node.js as it was when the plugin was installed, or else the one on PATH: an engine may run without either. */
function shellScript(): string {
  return `#!/bin/sh
node=${JSON.stringify(process.execPath)}
[ -x "$node" ] || node=$(command -v node) || {
  echo "The plugin of pulumi-apikeys needs Node.js 22.19 or later, and there is no node on PATH. Install it, or run 'npx pulumi-apikeys plugin install' again." >&2
  exit 1
}
exec "$node" "$(dirname "$0")/${bundleName}" "$@"
`;
}

function commandFile(): string {
  return `@echo off\r\nset "node=${process.execPath}"\r\nif not exist "%node%" set "node=node"\r\n"%node%" "%~dp0${bundleName}" %*\r\n`;
}
