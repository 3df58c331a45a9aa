import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { buildEngine } from "./build.mts";
import { cacheFolder, findInCache, type Origin, publish, sweep } from "./cache.mts";
import { type Log, withHeartbeat } from "./heartbeat.mts";
import { withLock } from "./lock.mts";
import { findOnPath } from "./path.mts";
import { type Pins, readPins } from "./pins.mts";
import { installRelease } from "./release.mts";
import { Unavailable } from "./unavailable.mts";

export interface Engine {
  /** The folder to put first on PATH: it has `pulumi`. */
  binDir: string;
  version: string;
  source: "path" | Origin;
}

export interface EnsureOptions {
  log: Log;
  signal?: AbortSignal;
}

const BRANCHES = ["path", "release", "build"] as const;

/**
 * Gives a working Pulumi engine: the one on PATH, the one in the user's cache, the official release, or one
 * built from the pinned Go modules, in this order. `PULUMI_APIKEYS_ENGINE` names the only one to try.
 *
 * @throws {Unavailable} there is none; its message is all that the user needs to see
 */
export async function ensureEngine({ log, signal }: EnsureOptions): Promise<Engine> {
  const pins = await readPins();
  const wanted = branchesToTry();
  const refusals: string[] = [];
  if (wanted.includes("path")) {
    try {
      const { binDir, version } = await findOnPath(pins);
      log(`Pulumi ${version} is on PATH`);
      return { binDir, version, source: "path" };
    } catch (error) {
      refusals.push(refusal("path", error, log));
    }
  }
  const origins = wanted.filter((branch) => branch !== "path");
  const engine = await fromCacheOrMade(pins, origins, refusals, log, signal);
  if (signal?.aborted)
    throw new Unavailable("Interrupted: no engine was installed, and nothing is left behind.");
  return engine ?? giveUp(pins, refusals);
}

function branchesToTry(): Engine["source"][] {
  const forced = process.env.PULUMI_APIKEYS_ENGINE;
  if (!forced) return [...BRANCHES];
  const branch = BRANCHES.find((name) => name === forced);
  if (!branch)
    throw new Unavailable(`PULUMI_APIKEYS_ENGINE is "${forced}", not one of ${BRANCHES.join(", ")}`);
  return [branch];
}

async function fromCacheOrMade(
  pins: Pins,
  origins: Origin[],
  refusals: string[],
  log: Log,
  signal: AbortSignal | undefined,
): Promise<Engine | undefined> {
  if (origins.length === 0) return undefined;
  const folder = cacheFolder();
  const cached = async (): Promise<Engine | undefined> => {
    const found = await findInCache(folder, pins.version).catch(asUndefined);
    if (!found || !origins.includes(found.origin)) return undefined;
    log(`Pulumi ${pins.version} is in ${found.binDir}`);
    return { binDir: found.binDir, version: pins.version, source: found.origin };
  };
  const atOnce = await cached();
  if (atOnce) return atOnce;
  try {
    await mkdir(folder, { recursive: true });
    return await withLock(join(folder, `${pins.version}.lock`), log, signal, async () => {
      const meanwhile = await cached();
      if (meanwhile) return meanwhile;
      await sweep(folder);
      for (const origin of origins) {
        if (signal?.aborted) break;
        try {
          await publish(folder, pins.version, origin, (root) => make(origin, root, pins, log, signal));
          return await cached();
        } catch (error) {
          refusals.push(refusal(origin, error, log));
        }
      }
      return undefined;
    });
  } catch (error) {
    refusals.push(refusal("cache", error, log));
    return undefined;
  }
}

function make(
  origin: Origin,
  root: string,
  pins: Pins,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (origin === "build") return buildEngine(root, pins, log, signal);
  const step = `downloading the official release of Pulumi ${pins.version}`;
  return withHeartbeat(log, step, () => installRelease(root, pins.version, signal));
}

/** An expected failure becomes a line. Any other error is a bug and keeps its stack. */
function refusal(branch: Engine["source"] | "cache", error: unknown, log: Log): string {
  const expected = error instanceof Unavailable || (error as NodeJS.ErrnoException).syscall !== undefined;
  if (!expected) throw error;
  const line = `${branch}: ${(error as Error).message}`;
  log(line);
  return line;
}

function asUndefined(error: unknown): undefined {
  if (!(error instanceof Unavailable)) throw error;
}

function giveUp(pins: Pins, refusals: string[]): never {
  throw new Unavailable(
    [
      "No Pulumi engine could be had:",
      ...refusals.map((line) => `  - ${line}`),
      `Install Pulumi ${pins.version} or later (https://www.pulumi.com/docs/install/), ` +
        `or Go ${pins.go} or later (https://go.dev/dl/), and run this again.`,
    ].join("\n"),
  );
}
