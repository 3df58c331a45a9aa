import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Unavailable } from "./unavailable.mts";

export const TOOLS_DIR = join(import.meta.dirname, "..", "..", "tools");

export interface Pins {
  /** The engine that we build and test with. It is also the oldest that we accept. */
  version: string;
  /** The oldest Go that compiles it. */
  go: string;
}

/** Reads the versions from the files that Go itself reads, so that none can go stale here. */
export async function readPins(): Promise<Pins> {
  const text = await readFile(join(TOOLS_DIR, "pulumi", "go.mod"), "utf8");
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(text)?.[1];
  const go = /^go (\S+)/m.exec(text)?.[1];
  if (!version || !go)
    throw new Unavailable("tools/pulumi/go.mod doesn't name the engine and its Go version");
  return { version, go };
}

/**
 * Finds `3.210.0` in `v3.210.0-dev.1` and `1.26.8` in `go1.26.8`; builds and tags don't matter here.
 *
 * @returns undefined if the text holds no version
 */
export function parseVersion(text: string): string | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? `${match[1]}.${match[2]}.${match[3] ?? 0}` : undefined;
}

export function isAtLeast(version: string, minimum: string): boolean {
  const [have, want] = [version, minimum].map((text) => text.split(".").map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (have?.[i] ?? 0) - (want?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
