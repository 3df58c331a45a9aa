import { createHash, getHashes } from "node:crypto";

/** What stands for hidden characters where vendors show a part of a value. */
export const masked = /[*•…]|\.\.\./;

/** What hides characters in a text, with all of its repetitions. */
const mask = /(?:[*•…]|\.\.\.)+/;

/** In characters; fewer may be the same by chance. */
const [fewestShown, fewestOfHash] = [4, 12];

const algorithms = ["sha256", "sha1", "sha512", "md5"];

/** Whether a text shows which value a key has: its end, its two ends around a mask, or its hash, whole or in part. */
export function isTraceOf(text: unknown, value: string): text is string {
  if (typeof text !== "string") return false;
  if (masked.test(text)) return isMaskOf(text, value);
  return (text.length >= fewestShown && value.endsWith(text)) || isHashOf(text, value);
}

function isMaskOf(text: string, value: string): boolean {
  const [begin = "", end = "", ...more] = text.split(mask);
  const isShown = begin.length + end.length >= fewestShown && begin.length + end.length < value.length;
  return more.length === 0 && isShown && value.startsWith(begin) && value.endsWith(end);
}

function isHashOf(text: string, value: string): boolean {
  const hash = text.replace(/^(?:sha-?\d{1,3}|md5)[:=-]/i, "").replace(/=+$/, "");
  // Of any other characters it is none, and needs no hash to compare with.
  if (hash.length < fewestOfHash || !/^[a-z0-9+/_-]+$/i.test(hash)) return false;
  const known = new Set(getHashes());
  return algorithms
    .filter((algorithm) => known.has(algorithm))
    .map((algorithm) => createHash(algorithm).update(value).digest())
    .some(
      (digest) =>
        digest.toString("hex").startsWith(hash.toLowerCase()) ||
        digest.toString("base64").startsWith(hash) ||
        digest.toString("base64url").startsWith(hash),
    );
}
