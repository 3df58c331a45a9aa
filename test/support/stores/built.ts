import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { storesCache } from "./installed";

/** Modules in tools/stores whose versions are those of the stores. */
const modules = {
  kubernetes: "k8s.io/kubernetes",
  gitea: "code.gitea.io/gitea",
  "pulumi-kubernetes": "github.com/pulumi/pulumi-kubernetes/provider/v4",
};

/** The folder of a store's programs, which take minutes to build; undefined where `npm run stores` was never run. */
export function builtStore(name: keyof typeof modules): string | undefined {
  const pins = path.join(__dirname, "../../../tools/stores", name, "go.mod");
  const version = new RegExp(`\\b${modules[name]} v(\\S+)`).exec(readFileSync(pins, "utf8"))?.[1];
  const folder = path.join(storesCache, `${name}-${version}`);
  return existsSync(folder) ? folder : undefined;
}

/** A suite on a store that was built; where it was not, each of its tests counts as skipped. */
export function describeOn(folder: string | undefined, name: string, suite: () => void): void {
  if (folder === undefined) describe.skip(`${name} (skipped: npm run stores)`, suite);
  else describe(name, suite);
}
