import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../../scripts/engine/heartbeat.mts";
import { run } from "../../scripts/engine/run.mts";
import { compiled } from "../peers/compile.mts";

const repository = join(import.meta.dirname, "..", "..");
const own = "pulumi-apikeys";
const timeoutMs = 5 * 60_000;

/** Packages as a user's project has them: ours as `npm pack` gives it, and Pulumi's SDK. */
export interface Installation {
  /** Folder of the project. */
  readonly dir: string;
  /** Its node_modules. */
  readonly modules: string;
  /** The same with the floor's provider in place of ours. */
  readonly floorModules: string;
}

/** Installs the packages, once, into a temporary folder. */
export function installation(log: Log): () => Promise<Installation> {
  let made: Promise<Installation> | undefined;
  return () => {
    made ??= install(log);
    return made;
  };
}

/** @throws {Unavailable} npm fails */
async function install(log: Log): Promise<Installation> {
  log("packing and installing pulumi-apikeys ...");
  const dir = mkdtempSync(join(tmpdir(), "pulumi-apikeys-bench-package-"));
  const npm = (cwd: string, ...args: string[]) => run("npm", args, { cwd, timeout: timeoutMs });
  const packed = await npm(repository, "pack", "--json", "--ignore-scripts", "--pack-destination", dir);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  const { devDependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  const sdk = `@pulumi/pulumi@${devDependencies["@pulumi/pulumi"]}`;
  writeFileSync(join(dir, "package.json"), JSON.stringify({ name: "bench", private: true }));
  copyFileSync(join(repository, ".npmrc"), join(dir, ".npmrc"));
  await npm(dir, "install", "--no-audit", "--no-fund", "--prefer-offline", join(dir, filename), sdk);
  const modules = join(dir, "node_modules");
  const floorModules = withFloor(modules, join(dir, "floor", "node_modules"));
  return { dir, modules, floorModules };
}

function withFloor(modules: string, floorModules: string): string {
  mkdirSync(floorModules, { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name !== own) symlinkSync(join(modules, name), join(floorModules, name));
  }
  cpSync(join(modules, own), join(floorModules, own), { recursive: true });
  const provider = join(floorModules, own, "dist", "provider", "index.js");
  writeFileSync(provider, compiled(join(repository, "bench/peers/floor/provider.ts")));
  return floorModules;
}
