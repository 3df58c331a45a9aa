import { chmod, copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { inject } from "postject";
import { run } from "../engine/run.mts";

/** Node.js looks for this text in itself, to learn whether there is a program in it. */
const sentinelFuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/**
 * Makes what Node.js runs when it is in its executable. It is the same for every system, as long as it is made without a
 * cache of compiled code.
 *
 * @param node of this system, and of the version that will run it
 * @param scratch a folder for what is only needed meanwhile
 */
export async function programBlob(node: string, bundle: string, scratch: string): Promise<Buffer> {
  // Names of this folder alone: Node.js keeps that of the program, and other machines make the same.
  const [main, output] = ["program.cjs", "program.blob"];
  const config = { main, output, disableExperimentalSEAWarning: true };
  await copyFile(bundle, path.join(scratch, main));
  await writeFile(path.join(scratch, "sea.json"), JSON.stringify(config));
  const env = { ...process.env, NODE_OPTIONS: "" };
  await run(node, ["--experimental-sea-config", "sea.json"], { timeout: 60_000, cwd: scratch, env });
  return readFile(path.join(scratch, output));
}

/**
 * Writes an executable that has Node.js and the program in it.
 *
 * @see https://nodejs.org/docs/latest-v22.x/api/single-executable-applications.html
 */
export async function writeSingleExecutable(node: string, blob: Buffer, file: string): Promise<void> {
  await copyFile(node, file);
  await chmod(file, 0o755);
  await quietly(() => inject(file, "NODE_SEA_BLOB", blob, { sentinelFuse, machoSegmentName: "NODE_SEA" }));
}

/** The library warns of names of sections in Node.js that it does not know, and that nobody needs. */
async function quietly(act: () => Promise<void>): Promise<void> {
  const { warn, error } = console;
  Object.assign(console, { warn: () => {}, error: () => {} });
  try {
    await act();
  } finally {
    Object.assign(console, { warn, error });
  }
}
