import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { repository } from "../support/engine";
import { type Fixture, useStack } from "./support/fixture";
import { liveKeys, programWith, requests, type VendorCase, vendorCases } from "./support/vendors";

const recover = path.join(repository, "dist", "cli", "main.js");

/** Resolves once a condition holds; the test's own timeout ends it if it never does. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20);
}

/** Ids of the provider processes that work for a stack. */
function providersOf({ stack }: Fixture): number[] {
  return readdirSync("/proc").flatMap((entry) => {
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, "utf8");
      const ours = command.includes("dynamic-provider") && readlinkSync(`/proc/${entry}/cwd`) === stack.dir;
      return ours ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}

/** Runs `up` until the vendor has heard of it, and kills the CLI. */
async function killDuringCreate(at: Fixture): Promise<void> {
  const child = at.stack.spawn(["up", "--yes", "--skip-preview"]);
  await until(() => requests(at.sandbox, "POST").length > 0);
  child.kill("SIGKILL");
  await once(child, "close");
}

async function runRecover(at: Fixture): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [recover, "recover", "--yes"], {
    cwd: at.stack.dir,
    env: at.stack.env,
  }).catch((error) => error);
  return `${stdout}${stderr}`;
}

const onLinux = process.platform === "linux" ? describe : describe.skip;

onLinux.each(vendorCases)("an up that is killed while it creates a $vendor key", (vendorCase: VendorCase) => {
  const { vendor } = vendorCase;
  const at = useStack("suite", (sandbox) => programWith(vendorCase, sandbox, ""));

  it("leaves no provider process behind that could go on creating keys", async () => {
    at.sandbox.inject({ method: "POST", action: { kind: "hangAfterCommit" } });
    await killDuringCreate(at);
    await until(() => providersOf(at).length === 0);
    expect(liveKeys(at.sandbox, vendor)).toHaveLength(1);
    expect(requests(at.sandbox, "POST")).toHaveLength(1);
  });

  it("cannot be recovered while the stack is held: its key may be on its way into the state", async () => {
    expect(await runRecover(at)).toContain("nothing was revoked");
    expect(liveKeys(at.sandbox, vendor)).toHaveLength(1);
    expect((await at.stack.exportState()).deployment.pending_operations).toHaveLength(1);
  });

  it("is recovered: the key that no state holds is found by its name, revoked, and its trace is cleared", async () => {
    await at.stack.pulumi(["cancel", "--yes"]);
    const [orphan] = liveKeys(at.sandbox, vendor);
    const output = await runRecover(at);
    expect(output).toContain(`${orphan} is revoked`);
    expect(output).toContain("1 pending operation is cleared");
    expect(liveKeys(at.sandbox, vendor)).toEqual([]);
    expect((await at.stack.exportState()).deployment.pending_operations ?? []).toEqual([]);

    expect(await runRecover(at)).toContain("Nothing to recover");
  });

  it("creates one key at the next up, which asks no question", async () => {
    await at.stack.up("--skip-preview");
    const { keyId } = await at.stack.outputs();
    expect(liveKeys(at.sandbox, vendor)).toEqual([keyId]);
  });
});

onLinux("an up that is killed while it creates a key whose name the program chose", () => {
  const xentree = vendorCases.find(({ vendor }) => vendor === "xentree") as VendorCase;
  const at = useStack("suite", (sandbox) => programWith(xentree, sandbox, `name: "shared"`));

  it("is left to a person: recover --yes revokes nothing that may be someone else's, and says which key to look at", async () => {
    const theirs = at.sandbox.createOutOfBand("xentree", { name: "shared" });
    at.sandbox.inject({ method: "POST", action: { kind: "hang" } });
    await killDuringCreate(at);
    await at.stack.pulumi(["cancel", "--yes"]);
    expect(await runRecover(at)).toContain(`${theirs.id} may be someone else's`);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([theirs.id]);
    expect((await at.stack.exportState()).deployment.pending_operations).toHaveLength(1);
  });
});
