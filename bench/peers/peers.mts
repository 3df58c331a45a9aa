import { join } from "node:path";
import type { Log } from "../../scripts/engine/heartbeat.mts";
import type { Installation } from "../package/install.mts";
import { DirectStack } from "./direct/stack.mts";
import type { Peer, PeerName } from "./peer.mts";
import { PulumiStack } from "./pulumiStack.mts";
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
  const pulumi = (file: string, folder: "modules" | "floorModules"): Peer => ({
    open: async (setting) =>
      PulumiStack.open({ file, modules: (await installation())[folder], binDir }, setting),
  });
  return {
    ours: pulumi(ourProgram, "modules"),
    naive: pulumi(join(import.meta.dirname, "naive", "program.ts"), "modules"),
    restapi: { open: async (setting) => new TerraformStack(await ensureRestapi(log), setting) },
    floor: pulumi(ourProgram, "floorModules"),
    direct: { open: (setting) => DirectStack.open("provider.mts", setting) },
    undici: { open: (setting) => DirectStack.open("undici.mts", setting) },
  };
}
