import { createHash } from "node:crypto";

const magic64 = 0xfeedfacf;
const headerSize = 32;
const segmentCommand = 0x19;
const signatureCommand = 0x1d;
const signatureCommandSize = 16;

/** Of memory on macOS, on both processors. */
const memoryPage = 0x4000;
/** Of what is signed. */
const page = 0x1000;
const hashSize = 32;
const directorySize = 88;
/** Of the list that has the directory in it, with its one entry. */
const listSize = 12 + 8;

/**
 * Signs an executable of macOS "ad hoc": with sums of its pages, and nobody's name. macOS on ARM starts no executable
 * without. It is what linkers do.
 *
 * @param file without a signature, or with one, which is replaced
 * @param identifier any name
 * @returns the signed file
 * @see https://github.com/golang/go/blob/master/src/cmd/internal/codesign/codesign.go
 * @throws {Error} where there is no room for a signature
 */
export function signedAdHoc(file: Buffer, identifier: string): Buffer {
  if (file.readUInt32LE(0) !== magic64) throw new Error("This is no executable of 64-bit macOS.");
  const layout = layoutOf(file);
  const codeSize = layout.signature?.dataOffset ?? roundedUp(file.length, 16);
  const pages = Math.ceil(codeSize / page);
  const hashOffset = directorySize + Buffer.byteLength(identifier) + 1;
  const size = listSize + hashOffset + pages * hashSize;
  const signed = Buffer.alloc(codeSize + (layout.signature?.dataSize ?? size));
  file.copy(signed, 0, 0, Math.min(codeSize, file.length));
  if (!layout.signature) announce(signed, layout, codeSize, size);
  const list = signed.subarray(codeSize);
  for (const [index, value] of [0xfade0cc0, size, 1, 0, listSize].entries())
    list.writeUInt32BE(value, index * 4);
  const directory = list.subarray(listSize);
  const version = 0x20400;
  const adHocByLinker = 0x20002;
  const words = [
    0xfade0c02,
    size - listSize,
    version,
    adHocByLinker,
    hashOffset,
    directorySize,
    0,
    pages,
    codeSize,
  ];
  for (const [index, word] of words.entries()) directory.writeUInt32BE(word, index * 4);
  const sha256 = 2;
  directory.set([hashSize, sha256, 0, Math.log2(page)], 36);
  directory.writeBigUInt64BE(layout.text.fileOffset, 64);
  directory.writeBigUInt64BE(layout.text.fileSize, 72);
  const isProgram = 1n;
  directory.writeBigUInt64BE(isProgram, 80);
  directory.write(`${identifier}\0`, directorySize);
  for (let index = 0; index < pages; index++) {
    const part = signed.subarray(index * page, Math.min((index + 1) * page, codeSize));
    createHash("sha256")
      .update(part)
      .digest()
      .copy(directory, hashOffset + index * hashSize);
  }
  return signed;
}

interface Segment {
  readonly at: number;
  readonly fileOffset: bigint;
  readonly fileSize: bigint;
}

interface Layout {
  /** Where the next load command would be. */
  readonly end: number;
  /** Where the first section begins, which no load command may reach. */
  readonly firstSection: number;
  readonly text: Segment;
  readonly links: Segment;
  readonly signature: { readonly dataOffset: number; readonly dataSize: number } | undefined;
}

function layoutOf(file: Buffer): Layout {
  const segments = new Map<string, Segment>();
  let signature: Layout["signature"];
  let firstSection = file.length;
  let at = headerSize;
  for (let left = file.readUInt32LE(16); left > 0; left--) {
    const command = file.readUInt32LE(at);
    if (command === signatureCommand) {
      signature = { dataOffset: file.readUInt32LE(at + 8), dataSize: file.readUInt32LE(at + 12) };
    } else if (command === segmentCommand) {
      const name = file.toString("ascii", at + 8, at + 24).replaceAll("\0", "");
      segments.set(name, {
        at,
        fileOffset: file.readBigUInt64LE(at + 40),
        fileSize: file.readBigUInt64LE(at + 48),
      });
      for (let section = 0; section < file.readUInt32LE(at + 64); section++) {
        const offset = file.readUInt32LE(at + 72 + section * 80 + 48);
        if (offset > 0) firstSection = Math.min(firstSection, offset);
      }
    }
    at += file.readUInt32LE(at + 4);
  }
  const [text, links] = [segments.get("__TEXT"), segments.get("__LINKEDIT")];
  if (!text || !links) throw new Error("This executable lacks a segment.");
  return { end: at, firstSection, text, links, signature };
}

/** Says in the file's head where the signature is: at the end of the last segment. */
function announce(file: Buffer, { end, firstSection, links }: Layout, codeSize: number, size: number): void {
  const isFree = file.subarray(end, end + signatureCommandSize).every((byte) => byte === 0);
  if (!isFree || end + signatureCommandSize > firstSection)
    throw new Error("There is no room to name a signature.");
  const linksSize = codeSize + size - Number(links.fileOffset);
  if (roundedUp(Number(links.fileOffset + links.fileSize), 16) !== codeSize) {
    throw new Error("Another segment is at the end of the file.");
  }
  for (const [index, value] of [signatureCommand, signatureCommandSize, codeSize, size].entries()) {
    file.writeUInt32LE(value, end + index * 4);
  }
  file.writeUInt32LE(file.readUInt32LE(16) + 1, 16);
  file.writeUInt32LE(file.readUInt32LE(20) + signatureCommandSize, 20);
  file.writeBigUInt64LE(BigInt(roundedUp(linksSize, memoryPage)), links.at + 32);
  file.writeBigUInt64LE(BigInt(linksSize), links.at + 48);
}

function roundedUp(size: number, unit: number): number {
  return Math.ceil(size / unit) * unit;
}
