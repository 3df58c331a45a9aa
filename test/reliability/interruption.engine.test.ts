import { readdirSync } from "node:fs";
import path from "node:path";
import type { FaultAction, VendorName } from "../../sandbox";
import { type Fixture, useStack } from "../support/engine/fixture";
import { type Interruption, interrupt, interruptions, recover } from "../support/engine/interruption";
import { keysOf, liveKeys, ofEach, programOfAll, requests, vendorCases } from "../support/engine/vendors";
import { testedHost } from "../support/testedHost";
import { sees, title } from "./matrix";

const onLinux = process.platform === "linux" ? describe : describe.skip;

const vendors = vendorCases.map(({ vendor }) => vendor);
const paths: Record<VendorName, RegExp> = {
  xentree: /^\/api\/admin\/api-keys/,
  applications: /^\/api\/v1\/applications\/[^/]+\/api-keys/,
  sendkit: /^\/v1\/workspaces\/[^/]+\/api-key/,
};

/** Half of the vendors have done what was asked when the operation ends, and half have not. */
const moments: Record<VendorName, FaultAction> = {
  xentree: { kind: "hangAfterCommit" },
  applications: { kind: "hang" },
  sendkit: { kind: "hangAfterCommit" },
};
const otherMoments: Record<VendorName, FaultAction> = {
  xentree: { kind: "hang" },
  applications: { kind: "hangAfterCommit" },
  sendkit: { kind: "hang" },
};

/** A key of each vendor, renewed when the version changes. */
const program = ({ sandbox }: Fixture, version: number) =>
  programOfAll(sandbox, () => `rotation: { triggers: { version: ${version} } }`);

/** Interrupts an operation when each vendor's answer to a method is outstanding. */
async function interruptAll(
  at: Fixture,
  how: Interruption,
  operation: "up" | "destroy",
  method: "POST" | "DELETE",
  actions: Partial<Record<VendorName, FaultAction>>,
): Promise<string> {
  at.sandbox.journal.clear();
  const concerned = Object.entries(actions) as [VendorName, FaultAction][];
  for (const [vendor, action] of concerned) {
    at.sandbox.inject({
      method,
      path: paths[vendor],
      action,
      times: Number.POSITIVE_INFINITY,
    });
  }
  const reached = () =>
    concerned.every(([vendor]) => at.sandbox.journal.count({ method, path: paths[vendor] }) > 0);
  const output = await interrupt(at, how, operation, reached);
  at.sandbox.clearFaults();
  return output;
}

/** What the documents tell a user to do. */
async function repair(at: Fixture, how: Interruption, ...up: string[]): Promise<string> {
  if (how !== "SIGKILL to the provider") await at.stack.pulumi(["cancel", "--yes"]);
  const recovered = await recover(at, "--yes");
  await at.stack.up("--skip-preview", ...up);
  return recovered;
}

/** One live key of each vendor, and it is the one in state; nothing is pending and nothing is noted. */
async function expectWhole(at: Fixture): Promise<void> {
  const keys = await keysOf(at.stack);
  expect(ofEach(({ vendor }) => liveKeys(at.sandbox, vendor))).toEqual(
    ofEach(({ vendor }) => [keys[vendor].keyId]),
  );
  expect((await at.stack.exportState()).deployment.pending_operations ?? []).toEqual([]);
  expect(readdirSync(path.join(at.stack.dir, "home", "apikeys", "creating"))).toEqual([]);
}

/** Of a CLI that is gone, the plugin sees the end of its engine, which `pluginInterrupted` is about. */
const hows = (Object.keys(interruptions) as Interruption[]).filter(
  (how) => testedHost === "dynamic" || how === "SIGKILL to the provider",
);

onLinux.each(hows)("after %s", (how) => {
  const at = useStack("suite");
  const cell = how === "SIGKILL to the provider" ? "crashed" : "killed";
  /** Of a CLI that is killed there is nothing more to be seen. */
  const expectSeen = (step: "create" | "successor" | "retire" | "delete", output: string) => {
    if (cell === "crashed") expect(output).toMatch(sees(`${cell}.${step}`));
  };

  it(title(`${cell}.create`), async () => {
    at.stack.setProgram(program(at, 1));
    expectSeen("create", await interruptAll(at, how, "up", "POST", moments));
    expect(requests(at.sandbox, "POST")).toHaveLength(3);
    const orphans = vendors.flatMap((vendor) => liveKeys(at.sandbox, vendor));
    expect(orphans).toHaveLength(2);
    const recovered = await repair(at, how);
    for (const id of orphans) expect(recovered).toContain(`${id} is revoked.`);
    expect(recovered).toContain("the vendor has no such key");
    expect(recovered).toContain("3 interrupted operations are cleared.");
    await expectWhole(at);
  });

  it(title(`${cell}.successor`), async () => {
    at.stack.setProgram(program(at, 2));
    const before = await keysOf(at.stack);
    expectSeen("successor", await interruptAll(at, how, "up", "POST", otherMoments));
    // A workspace has room for one key, which had to go first.
    for (const vendor of ["xentree", "applications"] as const) {
      expect(liveKeys(at.sandbox, vendor)).toContain(before[vendor].keyId);
    }
    await repair(at, how);
    await expectWhole(at);
    expect((await keysOf(at.stack)).xentree.keyId).not.toBe(before.xentree.keyId);
  });

  it(title(`${cell}.retire`), async () => {
    at.stack.setProgram(program(at, 3));
    // A workspace's old key goes first, so that only the others wait for the end of the program.
    const { sendkit: _, ...collections } = moments;
    expectSeen("retire", await interruptAll(at, how, "up", "DELETE", collections));
    await repair(at, how);
    await expectWhole(at);
    expect((await at.stack.up("--skip-preview")).output).toContain("4 unchanged");
  });

  it(title(`${cell}.delete`), async () => {
    expectSeen("delete", await interruptAll(at, how, "destroy", "DELETE", otherMoments));
    // Of a provider that is killed the engine keeps no trace, so that the state has to be compared with the vendors.
    await repair(at, how, ...(how === "SIGKILL to the provider" ? ["--refresh"] : []));
    await expectWhole(at);
    await at.stack.destroy("--skip-preview");
    expect(vendors.flatMap((vendor) => liveKeys(at.sandbox, vendor))).toEqual([]);
  });
});
