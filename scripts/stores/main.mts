/** Builds the stores that take minutes, for the tests that run on them: `npm run stores -- --only kubernetes`. */
import { join } from "node:path";
import { cacheOf, ensureFolder } from "../builds/cache.mts";
import { buildMain } from "../builds/main.mts";
import { buildStore } from "./build.mts";
import { storeBuilds, versionOf } from "./modules.mts";

await buildMain("stores", storeBuilds, async (store, log, signal) => {
  const version = await versionOf(store);
  // Where test/support/stores looks for it.
  const folder = join(cacheOf("stores"), `${store.name}-${version}`);
  const fill = (partial: string) => buildStore(store, version, partial, log, signal);
  return ensureFolder(folder, `${store.name} ${version}`, log, signal, fill);
});
