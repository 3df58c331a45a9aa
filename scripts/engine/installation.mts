import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { parseVersion } from "./pins.mts";
import { run } from "./run.mts";
import { Unavailable } from "./unavailable.mts";

const WINDOWS = process.platform === "win32";

export const executable = (name: string) => (WINDOWS ? `${name}.exe` : name);
export const script = (name: string) => (WINDOWS ? `${name}.cmd` : name);

/** What the CLI starts for a Node.js program with dynamic resources. */
const COMPANIONS = [executable("pulumi-language-nodejs"), script("pulumi-resource-pulumi-nodejs")];

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export function pathFolders(): string[] {
  return (process.env.PATH ?? "").split(delimiter).filter(Boolean);
}

/**
 * Asks the CLI in a folder for its version. A file of its name proves nothing: it may be half a download, or made for
 * another CPU.
 *
 * @param elsewhere folders in which the CLI's companions may be instead of beside it
 * @throws {Unavailable} it isn't a whole and working installation
 */
export async function inspect(binDir: string, elsewhere: string[] = []): Promise<string> {
  const cli = join(binDir, executable("pulumi"));
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const answer = await run(cli, ["version"], { timeout: 20_000, env });
  const version = parseVersion(answer);
  if (!version) throw new Unavailable(`${cli} doesn't tell its version`);
  // Package managers put a link on PATH and leave the companions beside the link's target.
  const folders = [binDir, dirname(await realpath(cli)), ...elsewhere];
  for (const companion of COMPANIONS) {
    const found = await Promise.all(folders.map((folder) => isExecutable(join(folder, companion))));
    if (!found.includes(true)) throw new Unavailable(`${companion}, which ${cli} needs, isn't there`);
  }
  return version;
}
