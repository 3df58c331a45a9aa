import { createHash } from "node:crypto";

/** Truncated SHA-256 of a text: tells that it changed, and nothing about what it is. */
export function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
