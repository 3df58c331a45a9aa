import { execFileSync } from "node:child_process";
import { copyFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Fixture, useStack } from "../support/engine/fixture";
import { command, recover, until } from "../support/engine/interruption";
import { liveKeys, programWith, requests, vendorCaseOf } from "../support/engine/vendors";
import { RunningStores, storeCases } from "../support/stores/running";
import { sees, title } from "./matrix";

const xentree = vendorCaseOf("xentree");
const programOf = (sandbox: Fixture["sandbox"]) => programWith(xentree, sandbox, "");
const stateFolder = ({ stack }: Fixture) => path.join(stack.dir, "state");
/** Only root may mount a disk that is small enough to be filled. */
const asRoot = process.platform === "linux" && process.getuid?.() === 0;

/** Runs an `up` whose backend fails between the request that creates the key and the write that follows. */
async function failingUp(at: Fixture, spoil: () => () => void): Promise<string> {
  at.sandbox.inject({ method: "POST", action: { kind: "delay", ms: 1_000 } });
  const up = at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
  await until(() => requests(at.sandbox, "POST").length > 0);
  const mend = spoil();
  const { output } = await up;
  mend();
  return output;
}

/** Takes the folder of the stack's state away. */
function takeAway(at: Fixture): () => void {
  const folder = path.dirname(at.stack.stateFile());
  renameSync(folder, `${folder}.away`);
  writeFileSync(folder, "");
  return () => {
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
  };
}

/** On a full disk the engine leaves an empty file, and beside it the state from before its last write. */
function restoreState(file: string): void {
  if (statSync(file).size === 0) copyFileSync(`${file}.bak`, file);
}

/**
 * What the documents tell a user to do leads to one live key, or reports the other.
 *
 * @returns whether there is one only
 */
async function expectRepair(at: Fixture): Promise<boolean> {
  const [created] = liveKeys(at.sandbox, "xentree");
  restoreState(at.stack.stateFile());
  const { resources } = (await at.stack.exportState()).deployment;
  const kept = resources.some(({ urn }) => urn.endsWith("::ci"));
  await at.stack.pulumi(["cancel", "--yes"]);
  const recovered = await recover(at, "--yes");
  const revoked = recovered.includes(`${created} is revoked.`);
  await at.stack.up("--skip-preview");
  const { keyId } = await at.stack.outputs();
  if (kept || revoked) expect(liveKeys(at.sandbox, "xentree")).toEqual([keyId]);
  // On a full disk the engine may lose its record of the create; the vendor still lists the key.
  else expect(await command(at, "audit")).toMatch(new RegExp(`${created}.*unmanaged`));
  return kept || revoked;
}

describe("the state's backend", () => {
  // Before the fixture's own, which deletes the folder.
  afterAll(async () => {
    if (asRoot) execFileSync("umount", [stateFolder(full)]);
    await stores?.stop();
  });
  const refused = useStack("suite", programOf);
  const full = useStack("suite", programOf);
  const delivered = useStack("suite");
  const outputs: { refused?: string; full?: string; delivered?: string } = {};
  const here = storeCases.filter(({ canRun }) => canRun);
  const missing = storeCases.filter(({ canRun }) => !canRun);
  let stores: RunningStores;

  /** Has a program that delivers one key to every store. */
  const deliverToAll = async () => {
    stores = await RunningStores.start(here);
    delivered.stack.setEnv(stores.environment);
    await delivered.stack.setConfig(stores.config, "plaintext");
    const targets = here.map(({ name }) => stores.at(name).target("xentree"));
    const { sandbox, stack } = delivered;
    stack.setProgram(programWith(xentree, sandbox, `deliver: ${JSON.stringify(targets)}`));
  };
  // The engine tries to write for half a minute, so all run at once.
  beforeAll(async () => {
    await deliverToAll();
    if (asRoot) {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k", "none", stateFolder(full)]);
      await full.stack.pulumi(["stack", "init", "dev"]);
    }
    [outputs.refused, outputs.delivered, outputs.full] = await Promise.all([
      failingUp(refused, () => takeAway(refused)),
      failingUp(delivered, () => takeAway(delivered)),
      asRoot
        ? failingUp(full, () => {
            const filling = path.join(stateFolder(full), "filling");
            const { bavail, bsize } = statfsSync(stateFolder(full));
            writeFileSync(filling, Buffer.alloc(bavail * bsize));
            return () => rmSync(filling);
          })
        : "",
    ]);
  });

  it(title("backend.refused"), async () => {
    expect(outputs.refused).toMatch(sees("backend.refused"));
    expect(await expectRepair(refused)).toBe(true);
  });

  describe(title("deliver.unrecorded"), () => {
    let written: (string | undefined)[];
    const held = (name: string) => stores.held(stores.at(name).target("xentree"));

    beforeAll(async () => {
      written = await Promise.all(here.map(({ name }) => held(name)));
      expect(outputs.delivered).toMatch(sees("deliver.unrecorded"));
      expect(await expectRepair(delivered)).toBe(true);
    });

    it.each(here)("$name holds the one key that is live after that", async ({ name }) => {
      const [key] = delivered.sandbox.keys("xentree").filter(({ live }) => live);
      expect(written.includes(undefined) || written.includes(key?.value)).toBe(false);
      expect(await held(name)).toBe(key?.value);
    });

    if (missing.length > 0) it.skip.each(missing)("$name (no such store on this machine)", () => {});
  });

  (asRoot ? it : it.skip)(title("backend.full"), async () => {
    expect(outputs.full).toMatch(sees("backend.full"));
    await expectRepair(full);
  });
});
