import { createHash } from "node:crypto";
import { access, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";

/** Each is 40 MB, and every change of the plugin makes another. */
const unusedMs = 60 * 60 * 1000;

/**
 * An archive that was made of the same parts before, or a new one.
 *
 * @param name of the archive; of those with the same name, only those used within an hour are kept
 * @param parts all that the archive depends on
 * @returns its file
 */
export async function keptArchive(
  folder: string,
  name: string,
  parts: readonly (string | Buffer)[],
  make: (file: string) => Promise<void>,
): Promise<string> {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(createHash("sha256").update(part).digest());
  const file = path.join(folder, `${hash.digest("hex").slice(0, 16)}-${name}`);
  await mkdir(folder, { recursive: true });
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const partial = `${file}.${process.pid}.part`;
    try {
      await make(partial);
      await rename(partial, file);
    } finally {
      await rm(partial, { force: true });
    }
  }
  await utimes(file, new Date(), new Date());
  await sweep(folder, name);
  return file;
}

async function sweep(folder: string, name: string): Promise<void> {
  for (const other of await readdir(folder)) {
    if (!other.includes(name)) continue;
    const file = path.join(folder, other);
    // Another run may sweep too.
    const mtimeMs = await stat(file).then((found) => found.mtimeMs, Date.now);
    if (Date.now() - mtimeMs > unusedMs) await rm(file, { force: true });
  }
}
