import { setTimeout as delay } from "node:timers/promises";
import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/stack";
import {
  connectionsOf,
  liveKeys,
  programWith,
  requests,
  use,
  type VendorCase,
  vendorCases,
} from "./support/vendors";

const xentree = vendorCases.find(({ vendor }) => vendor === "xentree") as VendorCase;

/** Resolves once a moment has passed: the engine reads the machine's own clock, which no test can move. */
async function until(moment: unknown): Promise<void> {
  const epochMs = Date.parse(String(moment));
  if (Number.isNaN(epochMs)) throw new Error(`${moment} is no moment to wait for.`);
  while (Date.now() <= epochMs) await delay(epochMs - Date.now() + 1);
}

describe("a key that is due by time", () => {
  let sandbox: Sandbox;
  let stack: TestStack;

  beforeAll(async () => {
    sandbox = await startSandbox();
    stack = await TestStack.create({ program: "", env: connectionsOf(sandbox) });
  });
  afterAll(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  it("is renewed by a plain up once its lifetime is over, and shows why", async () => {
    stack.setProgram(programWith(xentree, sandbox, `expiresIn: "5s"`));
    await stack.up("--skip-preview");
    const before = await stack.outputs({ showSecrets: true });
    await until((await stack.resource("ci")).inputs.dueAt);

    expect(await use(xentree, sandbox, before.value)).toBe(401);
    expect((await stack.preview("--diff")).output).toMatch(/~ dueAt\s*: ".*" => ".*"/);
    await stack.up("--skip-preview");
    const after = await stack.outputs({ showSecrets: true });
    expect(after.keyId).not.toBe(before.keyId);
    expect(
      sandbox
        .keys("xentree")
        .filter(({ id }) => id === before.keyId && requests(sandbox, "DELETE").join().includes(id)),
    ).toHaveLength(1);
  });

  it("is renewed by rotation.every, unless ignoreChanges pins its date", async () => {
    stack.setProgram(programWith(xentree, sandbox, `rotation: { every: "4s" }`));
    await stack.up("--skip-preview");
    const before = await stack.outputs();
    await until((await stack.resource("ci")).inputs.dueAt);

    stack.setProgram(
      programWith(xentree, sandbox, `rotation: { every: "4s" }`, `{ ignoreChanges: ["dueAt"] }`),
    );
    expect((await stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
    expect((await stack.outputs()).keyId).toBe(before.keyId);

    stack.setProgram(programWith(xentree, sandbox, `rotation: { every: "4s" }`));
    await stack.up("--skip-preview");
    const after = await stack.outputs();
    expect(after.keyId).not.toBe(before.keyId);
    expect(liveKeys(sandbox, "xentree")).toEqual([after.keyId]);
  });

  it("only warns when a fixed expiresAt has passed, before and after refresh has seen it", async () => {
    const expiresAt = new Date(Date.now() + 15_000).toISOString();
    stack.setProgram(programWith(xentree, sandbox, `expiresAt: "${expiresAt}"`));
    await stack.up("--skip-preview");
    const { keyId } = await stack.outputs();
    await until(expiresAt);

    expect((await stack.up("--skip-preview")).output).toMatch(/warning: .*expiresAt has passed/);
    const refreshed = await stack.refresh("--skip-preview");
    expect(refreshed.output).toMatch(/warning: .*no longer works: it expired at/);
    const { output } = await stack.up("--skip-preview");
    expect(output).toMatch(/warning: .*expiresAt has passed/);
    expect(output).toMatch(/2 unchanged/);
    expect((await stack.outputs()).keyId).toBe(keyId);
  });

  it("fails the check when a new expiresAt lies in the past", async () => {
    stack.setProgram(programWith(xentree, sandbox, `expiresAt: "2020-01-01T00:00:00Z"`));
    const { exitCode, output } = await stack.pulumi(["preview"], { allowFailure: true });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("expiresAt lies in the past");
  });
});
