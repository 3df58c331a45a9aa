import { chmod, copyFile } from "node:fs/promises";
import { basename, join } from "node:path";

/**
 * Puts scripts of a Go module beside what is built from it.
 *
 * @param files where they are in the module
 */
export async function copyScripts(
  moduleFolder: string,
  files: readonly string[],
  binDir: string,
): Promise<void> {
  for (const file of files) {
    const copy = join(binDir, basename(file));
    await copyFile(join(moduleFolder, file), copy);
    // Files of the module cache are read-only. A copy with the same mode can't be executed, nor deleted by some.
    await chmod(copy, 0o755);
  }
}
