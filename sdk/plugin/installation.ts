import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, userInfo } from "node:os";
import path from "node:path";
import { commandFile, isSingleExecutable, shellScript } from "./launcher";

type Environment = Readonly<Record<string, string | undefined>>;

/** By its name, as Node.js finds it for a program that a bundler has put elsewhere too. */
const manifest: string = require.resolve("pulumi-apikeys/package.json");
const bundleName = "pulumi-resource-apikeys.cjs";
const launcherName = "pulumi-resource-apikeys";

/** Version of the plugin: that of the package which brings it. */
export const pluginVersion: string = (JSON.parse(readFileSync(manifest, "utf8")) as { version: string })
  .version;

/** The folder in which the engine looks for this version of the plugin. */
export function pluginFolder(environment: Environment): string {
  const home = environment.PULUMI_HOME || path.join(engineHome(), ".pulumi");
  return path.resolve(home, "plugins", `resource-apikeys-v${pluginVersion}`);
}

/** The user's folder as the engine sees it: by the system's list of users, whatever HOME says, as in containers of CI. */
function engineHome(): string {
  try {
    return userInfo().homedir || homedir();
  } catch {
    // A container may run under a number that no user has.
    return homedir();
  }
}

/**
 * Puts the plugin where the engine looks. Files that are there already and the same stay untouched, and each other one is
 * put in place as a whole: several programs may do so at once, also while the engine starts the plugin. An executable that
 * `pulumi plugin install` has put there stays too.
 *
 * @returns whether there was something to do
 * @throws {Error} in a sentence that says what to do
 */
export function installPlugin(environment: Environment): boolean {
  const folder = pluginFolder(environment);
  const isWindows = process.platform === "win32";
  const isWhole = !existsSync(partialMark(folder));
  const executable = path.join(folder, isWindows ? `${launcherName}.exe` : launcherName);
  if (isWhole && isSingleExecutable(executable)) return false;
  const bundle = readFileSync(path.join(path.dirname(manifest), "dist/plugin", bundleName));
  try {
    mkdirSync(folder, { recursive: true });
    const isNew = put(folder, bundleName, bundle, 0o644);
    // Last: the engine starts it as soon as it is there.
    const isLauncherNew = isWindows
      ? launch(folder, `${launcherName}.cmd`, commandFile)
      : launch(folder, launcherName, shellScript);
    if (!isWhole) rmSync(partialMark(folder), { force: true });
    return isNew || isLauncherNew || !isWhole;
  } catch (error) {
    throw new Error(
      `The plugin of pulumi-apikeys cannot be installed: ${(error as Error).message}. Make that folder writable, or set PULUMI_HOME to one that is.`,
    );
  }
}

/** The engine takes nothing from a folder beside which it has put this, until it has installed all of it. */
function partialMark(folder: string): string {
  return `${folder}.partial`;
}

/** @returns whether there was a plugin to remove */
export function removePlugin(environment: Environment): boolean {
  const folder = pluginFolder(environment);
  const isThere = existsSync(folder);
  // The engine leaves files of its own beside what it installs.
  for (const one of [folder, partialMark(folder), `${folder}.lock`])
    rmSync(one, { recursive: true, force: true });
  return isThere;
}

/** Keeps one that starts another Node.js, which is still there: programs that run on two would write it in turns. */
function launch(folder: string, name: string, textFor: (node: string, bundle: string) => string): boolean {
  const written = contentOf(path.join(folder, name))?.toString("utf8") ?? "";
  const [before = "", after = ""] = textFor("\0", bundleName).split("\0");
  const node = written.slice(before.length, written.length - after.length);
  const isOurs = written === textFor(node, bundleName) && existsSync(node);
  if (isOurs && isUsable(path.join(folder, name), 0o755)) return false;
  return put(folder, name, Buffer.from(textFor(process.execPath, bundleName)), 0o755);
}

function put(folder: string, name: string, content: Buffer, mode: number): boolean {
  const file = path.join(folder, name);
  if (contentOf(file)?.equals(content) && isUsable(file, mode)) return false;
  // Of no other process or thread, not even of one in another container that has the same id.
  const part = `${file}.${randomBytes(6).toString("hex")}.part`;
  try {
    writeFileSync(part, content, { mode });
    chmodSync(part, mode);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
  return true;
}

/** Whoever copies a home may lose that a file can be started. */
function isUsable(file: string, mode: number): boolean {
  try {
    accessSync(file, mode & 0o100 ? constants.X_OK : constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
