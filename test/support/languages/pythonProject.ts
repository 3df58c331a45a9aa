import { execFile } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { built } from "./scripts";

const run = promisify(execFile);

/**
 * Makes the virtual environment `venv` of a project, with generated packages in it. Everything else is in one that all
 * projects share.
 *
 * @param packages folders of the generated packages
 */
export async function installPython(dir: string, packages: readonly string[]): Promise<void> {
  const shared = await built("python-packages");
  const venv = path.join(dir, "venv");
  await run("python3", ["-m", "venv", "--without-pip", venv]);
  writeFileSync(path.join(sitePackages(venv), "shared.pth"), `${sitePackages(shared)}\n`);
  const python = path.join(venv, "bin", "python");
  // Neither a package that is needed nor what builds packages is fetched: both are in the shared environment.
  const offline = [
    "--no-deps",
    "--no-build-isolation",
    "--no-index",
    "--quiet",
    "--disable-pip-version-check",
  ];
  await run(python, ["-m", "pip", "install", ...offline, ...packages], { cwd: dir });
}

function sitePackages(venv: string): string {
  const lib = path.join(venv, "lib");
  const [version] = readdirSync(lib).filter((name) => name.startsWith("python"));
  if (version === undefined) throw new Error(`${venv} is no virtual environment.`);
  return path.join(lib, version, "site-packages");
}
