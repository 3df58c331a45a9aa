import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { run } from "../engine/run.mts";
import { Unavailable } from "../engine/unavailable.mts";
import { executableName, nodeVersion, type Target } from "./targets.mts";

/**
 * Node.js for a system, from npm; it is fetched once, and kept in a folder of the user's cache.
 *
 * @returns its executable
 * @throws {Unavailable} it cannot be fetched, or is not what it was
 */
export async function nodeBinary(
  target: Target,
  cache: string,
  log: (line: string) => void,
): Promise<string> {
  const folder = path.join(cache, `${target.node.package}-${nodeVersion}`);
  const found = path.join(folder, "package", "bin", executableName(target, "node"));
  if (existsSync(found)) return found;
  log(`fetching ${target.node.package} ${nodeVersion}`);
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(path.join(cache, ".partial-"));
  try {
    await fetchInto(partial, target);
    await rename(partial, folder).catch(async (error) => {
      // Another run was faster.
      if (!existsSync(found)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  if (!existsSync(found)) throw new Unavailable(`${folder} holds no Node.js`);
  return found;
}

async function fetchInto(folder: string, { node }: Target): Promise<void> {
  const timeout = 600_000;
  const shell = process.platform === "win32" ? ["cmd", "/c", "npm"] : ["npm"];
  const [command = "npm", ...before] = shell;
  const name = `${node.package}@${nodeVersion}`;
  const answer = await run(command, [...before, "pack", name, "--json", "--pack-destination", folder], {
    timeout,
    cwd: folder,
  });
  const [{ filename }] = JSON.parse(answer);
  const archive = path.join(folder, filename);
  const digest = createHash("sha512")
    .update(await readFile(archive))
    .digest("base64");
  if (`sha512-${digest}` !== node.integrity)
    throw new Unavailable(`${name} is not what it was: sha512-${digest}`);
  await run("tar", ["-xzf", filename, "--exclude=package/include"], { timeout, cwd: folder });
  await rm(archive);
}
