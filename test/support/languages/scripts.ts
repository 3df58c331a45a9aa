import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { repository } from "../engine/environment";

const run = promisify(execFile);

/** Runs a script of this repository under the Node.js that runs TypeScript. Gives the lines that it prints. */
export async function script(file: string, ...args: string[]): Promise<string[]> {
  const bin = path.join(repository, "node_modules", ".bin");
  const { stdout } = await run("node", [path.join(repository, "scripts", file), ...args], {
    cwd: repository,
    env: { ...process.env, PATH: [bin, process.env.PATH].join(path.delimiter) },
  });
  return stdout.split("\n").filter((line) => line !== "");
}

/** The folder of what `npm run languages` builds by this name; it is built now if it is not there. */
export async function built(name: string): Promise<string> {
  const [folder] = await script("languages/main.mts", "--only", name);
  if (folder === undefined) throw new Error(`npm run languages -- --only ${name} has named no folder.`);
  return folder;
}
