import { setTimeout as delay } from "node:timers/promises";
import { useStack } from "./support/fixture";
import { liveKeys, programWith, requests, use, type VendorCase, vendorCases } from "./support/vendors";

const xentree = vendorCases.find(({ vendor }) => vendor === "xentree") as VendorCase;

/** Resolves once a moment has passed: the engine reads the machine's own clock, which no test can move. */
async function until(moment: unknown): Promise<void> {
  const epochMs = Date.parse(String(moment));
  if (Number.isNaN(epochMs)) throw new Error(`${moment} is no moment to wait for.`);
  while (Date.now() <= epochMs) await delay(epochMs - Date.now() + 1);
}

describe("a key that is due by time", () => {
  const at = useStack("suite");

  it("is renewed by a plain up once its lifetime is over, and shows why", async () => {
    at.stack.setProgram(programWith(xentree, at.sandbox, `expiresIn: "5s"`));
    await at.stack.up("--skip-preview");
    const before = await at.stack.outputs({ showSecrets: true });
    await until((await at.stack.resource("ci")).inputs.dueAt);

    expect(await use(xentree, at.sandbox, before.value)).toBe(401);
    expect((await at.stack.preview("--diff")).output).toMatch(/~ dueAt\s*: ".*" => ".*"/);
    await at.stack.up("--skip-preview");
    const after = await at.stack.outputs({ showSecrets: true });
    expect(after.keyId).not.toBe(before.keyId);
    expect(
      at.sandbox
        .keys("xentree")
        .filter(({ id }) => id === before.keyId && requests(at.sandbox, "DELETE").join().includes(id)),
    ).toHaveLength(1);
  });

  it("is renewed by rotation.every, unless ignoreChanges pins its date", async () => {
    at.stack.setProgram(programWith(xentree, at.sandbox, `rotation: { every: "4s" }`));
    await at.stack.up("--skip-preview");
    const before = await at.stack.outputs();
    await until((await at.stack.resource("ci")).inputs.dueAt);

    at.stack.setProgram(
      programWith(xentree, at.sandbox, `rotation: { every: "4s" }`, `{ ignoreChanges: ["dueAt"] }`),
    );
    expect((await at.stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
    expect((await at.stack.outputs()).keyId).toBe(before.keyId);

    at.stack.setProgram(programWith(xentree, at.sandbox, `rotation: { every: "4s" }`));
    await at.stack.up("--skip-preview");
    const after = await at.stack.outputs();
    expect(after.keyId).not.toBe(before.keyId);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([after.keyId]);
  });

  it("only warns when a fixed expiresAt has passed, before and after refresh has seen it", async () => {
    const expiresAt = new Date(Date.now() + 15_000).toISOString();
    at.stack.setProgram(programWith(xentree, at.sandbox, `expiresAt: "${expiresAt}"`));
    await at.stack.up("--skip-preview");
    const { keyId } = await at.stack.outputs();
    await until(expiresAt);

    expect((await at.stack.up("--skip-preview")).output).toMatch(/warning: .*expiresAt has passed/);
    const refreshed = await at.stack.refresh("--skip-preview");
    expect(refreshed.output).toMatch(/warning: .*no longer works: it expired at/);
    const { output } = await at.stack.up("--skip-preview");
    expect(output).toMatch(/warning: .*expiresAt has passed/);
    expect(output).toMatch(/2 unchanged/);
    expect((await at.stack.outputs()).keyId).toBe(keyId);
  });

  it("fails the check when a new expiresAt lies in the past", async () => {
    at.stack.setProgram(programWith(xentree, at.sandbox, `expiresAt: "2020-01-01T00:00:00Z"`));
    const { exitCode, output } = await at.stack.pulumi(["preview"], { allowFailure: true });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("expiresAt lies in the past");
  });
});
