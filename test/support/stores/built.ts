import { existsSync } from "node:fs";
import path from "node:path";
import { storesCache } from "./installed";

/** The versions that `npm run stores` builds; tools/stores has their modules. */
const versions = { kubernetes: "1.34.2", gitea: "1.26.0" };

/** The folder of a store's programs, which take minutes to build; undefined where `npm run stores` was never run. */
export function builtStore(name: keyof typeof versions): string | undefined {
  const folder = path.join(storesCache, `${name}-${versions[name]}`);
  return existsSync(folder) ? folder : undefined;
}

/** A suite on a store that was built; where it was not, each of its tests counts as skipped. */
export function describeOn(folder: string | undefined, name: string, suite: () => void): void {
  if (folder === undefined) describe.skip(`${name} (skipped: npm run stores)`, suite);
  else describe(name, suite);
}
