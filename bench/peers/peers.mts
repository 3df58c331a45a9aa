import { join } from "node:path";
import type { Log } from "../../scripts/engine/heartbeat.mts";
import { Unavailable } from "../../scripts/engine/unavailable.mts";
import { ensureLanguage } from "../../scripts/languages/ensure.mts";
import { languageBuilds } from "../../scripts/languages/hosts.mts";
import type { Installation } from "../package/install.mts";
import { DirectStack } from "./direct/stack.mts";
import type { Peer, PeerName } from "./peer.mts";
import { nodeProgram, PulumiStack, yamlProgram } from "./pulumiStack.mts";
import { ensureRestapi } from "./restapi/build.mts";
import { TerraformStack } from "./restapi/stack.mts";

/** What the peers need. */
export interface Ground {
  /** Folder of the engine. */
  readonly binDir: string;
  /** Packages as a user has them; installed when they are first needed. */
  readonly installation: () => Promise<Installation>;
  readonly log: Log;
}

/** The program that our users would write. */
export const ourProgram = join(import.meta.dirname, "ours", "program.ts");

/** Every peer, by name. */
export function peersOn({ binDir, installation, log }: Ground): Readonly<Record<PeerName, Peer>> {
  const pulumi = (
    file: string,
    folder: "modules" | "floorModules",
    host: "dynamic" | "plugin" = "dynamic",
  ): Peer => ({
    open: async (setting) =>
      PulumiStack.open(nodeProgram(file, host), { modules: (await installation())[folder], binDir }, setting),
  });
  const yaml: Peer = {
    async open(setting) {
      const [language] = languageBuilds.filter(({ name }) => name === "yaml");
      if (language === undefined) throw new Unavailable("there is no language host for YAML");
      const host = await ensureLanguage(language, log, new AbortController().signal);
      const { modules } = await installation();
      return PulumiStack.open(yamlProgram, { modules, binDir, languages: [host] }, setting);
    },
  };
  return {
    ours: pulumi(ourProgram, "modules"),
    plugin: pulumi(ourProgram, "modules", "plugin"),
    yaml,
    naive: pulumi(join(import.meta.dirname, "naive", "program.ts"), "modules"),
    restapi: { open: async (setting) => new TerraformStack(await ensureRestapi(log), setting) },
    floor: pulumi(ourProgram, "floorModules"),
    direct: { open: (setting) => DirectStack.open("provider.mts", setting) },
    undici: { open: (setting) => DirectStack.open("undici.mts", setting) },
  };
}
