import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { version } from "@pulumi/kubernetes/package.json";
import { builtStore } from "./built";
import { kubernetesPrograms } from "./kubernetes";

const plugin = builtStore("pulumi-kubernetes");

/** Where `npm run stores` has put a cluster and Pulumi's provider for it; undefined where one of them is missing. */
export const pulumiKubernetes = kubernetesPrograms && plugin;

/**
 * Gives the provider to an engine, as `pulumi plugin install` does, under the version that its SDK asks for.
 *
 * @param home the engine's `PULUMI_HOME`
 */
export function installPulumiKubernetes(home: string): void {
  if (plugin === undefined) throw new Error("Run `npm run stores` first.");
  const program = "pulumi-resource-kubernetes";
  const folder = path.join(home, "plugins", `resource-kubernetes-v${version}`);
  mkdirSync(folder, { recursive: true });
  symlinkSync(path.join(plugin, program), path.join(folder, program));
}
