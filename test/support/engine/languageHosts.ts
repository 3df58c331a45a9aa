import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** The folder with what runs programs of a language; undefined where it was not built. */
export function languageHost(language: string): string | undefined {
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  const all = path.join(cache, "pulumi-apikeys", "languages");
  if (!existsSync(all)) return undefined;
  const folders = readdirSync(all).map((name) => path.join(all, name, "bin"));
  return folders.find((folder) => existsSync(path.join(folder, `pulumi-language-${language}`)));
}
