/** Builds the stores that take minutes, for the tests that run on them: `npm run stores -- --only kubernetes`. */
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { homedir, setPriority } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withLock } from "../engine/lock.mts";
import { Unavailable } from "../engine/unavailable.mts";
import { buildStore } from "./build.mts";
import { type StoreBuild, storeBuilds, versionOf } from "./modules.mts";

const log = (line: string) => process.stderr.write(`stores: ${line}\n`);

/** Where test/support/stores looks for them. */
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-apikeys", "stores");

// An interrupted run ends by itself: it kills its children, deletes the partial folder and releases the lock.
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());

/** @returns the folder of the store's programs */
async function ensureStore(store: StoreBuild): Promise<string> {
  const version = await versionOf(store);
  const folder = join(cache, `${store.name}-${version}`);
  const isThere = () =>
    stat(folder).then(
      () => true,
      () => false,
    );
  if (await isThere()) {
    log(`${store.name} ${version} is in ${folder}`);
    return folder;
  }
  await mkdir(cache, { recursive: true });
  return withLock(`${folder}.lock`, log, interruption.signal, async () => {
    if (await isThere()) return folder;
    const partial = await mkdtemp(join(cache, ".partial-"));
    try {
      await buildStore(store, version, partial, log, interruption.signal);
      await rename(partial, folder);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    log(`${store.name} ${version} is in ${folder}`);
    return folder;
  });
}

function wanted(): readonly StoreBuild[] {
  const names = storeBuilds.map(({ name }) => name);
  const { only } = parseArgs({ options: { only: { type: "string" } } }).values;
  if (only === undefined) return storeBuilds;
  const found = storeBuilds.filter(({ name }) => name === only);
  if (found.length === 0) throw new Unavailable(`--only is "${only}", not one of ${names.join(", ")}`);
  return found;
}

try {
  // Builds take all cores for minutes; whoever works beside them goes first.
  setPriority(10);
  for (const store of wanted()) process.stdout.write(`${await ensureStore(store)}\n`);
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}
