/**
 * Makes the plugin for machines without Node.js, as `pulumi plugin install` downloads it: an archive for each system, and
 * their checksums. `npm run plugin:executables -- --only linux-amd64 --out folder` makes one.
 */
import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cacheFolder } from "../engine/cache.mts";
import { Unavailable } from "../engine/unavailable.mts";
import { writeArchive } from "./archive.mts";
import { bundleFile } from "./bundle.mts";
import { keptArchive } from "./keptArchive.mts";
import { signedAdHoc } from "./machoSignature.mts";
import { nodeBinary } from "./nodeBinary.mts";
import { programBlob, writeSingleExecutable } from "./singleExecutable.mts";
import { executableName, type Target, targets, thisTarget } from "./targets.mts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pluginName = "pulumi-resource-apikeys";
const cache = cacheFolder("executables");
const log = (line: string) => process.stderr.write(`plugin: ${line}\n`);

/** Of these scripts and of the package, all that an archive depends on beside the bundle. */
async function sources(): Promise<Buffer[]> {
  const scripts = (await readdir(import.meta.dirname)).sort();
  const files = [...scripts.map((name) => path.join(import.meta.dirname, name)), path.join(root, "LICENSE")];
  return Promise.all(files.map((file) => readFile(file)));
}

/** Text of the license of Node.js, which has to come along. Packages for Windows lack it. */
async function nodeLicense(): Promise<string> {
  const [linux] = targets.filter(({ platform }) => platform === "linux");
  if (linux === undefined) throw new Unavailable("there is no package of Node.js with its license");
  return path.join(await nodeBinary(linux, cache, log), "../../LICENSE");
}

/** Makes the archive of one system. */
async function make(target: Target, archive: string): Promise<void> {
  const host = thisTarget();
  if (host === undefined) throw new Unavailable("npm has no Node.js for this system");
  const scratch = await mkdtemp(path.join(tmpdir(), "pulumi-apikeys-plugin-"));
  try {
    const own = await nodeBinary(host, cache, log);
    const blob = await programBlob(own, bundleFile, scratch);
    const node = await nodeBinary(target, cache, log);
    const name = executableName(target, pluginName);
    const file = path.join(scratch, name);
    await writeSingleExecutable(node, blob, file);
    if (target.platform === "darwin") await writeFile(file, signedAdHoc(await readFile(file), pluginName));
    await writeArchive(archive, [
      { name, file, mode: 0o755 },
      { name: "LICENSE", file: path.join(root, "LICENSE"), mode: 0o644 },
      { name: "LICENSE-node", file: await nodeLicense(), mode: 0o644 },
    ]);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function wanted(only: string | undefined): readonly Target[] {
  if (only === undefined) return targets;
  const found = targets.filter(({ name }) => name === only);
  const names = targets.map(({ name }) => name).join(", ");
  if (found.length === 0) throw new Unavailable(`--only is "${only}", not one of ${names}`);
  return found;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string" }, out: { type: "string" } } });
  const out = path.resolve(values.out ?? path.join(root, "dist-plugin"));
  const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const parts = [await readFile(bundleFile), ...(await sources())];
  await mkdir(out, { recursive: true });
  const sums: string[] = [];
  for (const target of wanted(values.only)) {
    const name = `${pluginName}-v${version}-${target.name}.tar.gz`;
    const made = await keptArchive(cache, name, parts, (file) => make(target, file));
    const file = path.join(out, name);
    await copyFile(made, file);
    sums.push(
      `${createHash("sha256")
        .update(await readFile(file))
        .digest("hex")}  ${name}\n`,
    );
    process.stdout.write(`${file}\n`);
  }
  await writeFile(path.join(out, "checksums.txt"), sums.join(""));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
