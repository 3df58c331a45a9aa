import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Unavailable } from "../engine/unavailable.mts";

/** Reads the version of a module from the file that Go itself reads, so that it cannot go stale here. */
export async function pinnedVersion(folder: string, module: string): Promise<string> {
  const text = await readFile(join(folder, "go.mod"), "utf8");
  const version = new RegExp(`\\b${module.replaceAll(".", "\\.")} v(\\S+)`).exec(text)?.[1];
  if (!version) throw new Unavailable(`${join(folder, "go.mod")} doesn't name ${module}`);
  return version;
}
