import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** A file in an archive. */
export interface Entry {
  readonly name: string;
  readonly file: string;
  readonly mode: number;
}

const blockSize = 512;

/** Writes files into a `.tar.gz` that depends on nothing else: no time, no owner, no order of a folder. */
export async function writeArchive(archive: string, entries: readonly Entry[]): Promise<void> {
  const blocks: Buffer[] = [];
  for (const entry of entries) {
    const data = await readFile(entry.file);
    blocks.push(header(entry, data.length), data, Buffer.alloc(-data.length & (blockSize - 1)));
  }
  const tar = Buffer.concat([...blocks, Buffer.alloc(2 * blockSize)]);
  await writeFile(archive, await promisify(gzip)(tar));
}

/** The header of the format `ustar`, whose numbers are octal text. */
function header({ name, mode }: Entry, size: number): Buffer {
  const block = Buffer.alloc(blockSize);
  const text = (value: string, at: number) => block.write(value, at, "ascii");
  const octal = (value: number, at: number, digits: number) =>
    text(value.toString(8).padStart(digits, "0"), at);
  text(name, 0);
  octal(mode, 100, 7);
  for (const id of [108, 116]) octal(0, id, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  // The sum is taken with spaces in its own place.
  text(" ".repeat(8), 148);
  text("0", 156);
  text("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  octal(sum, 148, 6);
  block[154] = 0;
  return block;
}
