import { setTimeout as delay } from "node:timers/promises";
import { useStack } from "../support/engine/fixture";
import type { StateResource } from "../support/engine/stateFile";
import { liveKeys, programWith, requests, use, vendorCaseOf } from "../support/engine/vendors";

const xentree = vendorCaseOf("xentree");

/** Resolves once moments have passed: the engine reads the machine's own clock, which no test can move. */
async function until(...moments: unknown[]): Promise<void> {
  const epochMs = Math.max(...moments.map((moment) => Date.parse(String(moment))));
  if (Number.isNaN(epochMs)) throw new Error(`One of ${moments} is no moment to wait for.`);
  while (Date.now() <= epochMs) await delay(epochMs - Date.now() + 1);
}

describe("by time alone,", () => {
  const at = useStack("suite");
  let expiresAt: string;
  let first: Record<"short" | "periodic" | "fixed", StateResource>;

  const program = (periodicOptions: string) => `
    const { xentree } = require("pulumi-apikeys");
    exports.value = new xentree.ApiKey("short", { expiresIn: "5s" }).value;
    new xentree.ApiKey("periodic", { rotation: { every: "10s" } }, ${periodicOptions});
    new xentree.ApiKey("fixed", { expiresAt: "${expiresAt}" });`;
  const idOf = async (name: string) => (await at.stack.resource(name)).id;
  const live = () => liveKeys(at.sandbox, "xentree");

  // All keys grow old at once, for a test cannot but wait.
  beforeAll(async () => {
    expiresAt = new Date(Date.now() + 15_000).toISOString();
    at.stack.setProgram(program(`{ ignoreChanges: ["dueAt"] }`));
    await at.stack.up("--skip-preview");
    const [short, periodic, fixed] = await Promise.all(
      (["short", "periodic", "fixed"] as const).map((name) => at.stack.resource(name)),
    );
    first = { short, periodic, fixed } as typeof first;
    await until(short?.inputs.dueAt, periodic?.inputs.dueAt, expiresAt);
  });

  it("a key is renewed by a plain up once its lifetime is over, and a preview shows why", async () => {
    const { value } = await at.stack.outputs({ showSecrets: true });
    expect(await use(xentree, at.sandbox, value)).toBe(401);
    expect((await at.stack.preview("--diff")).output).toMatch(/~ dueAt\s*: ".*" => ".*"/);
    const { output } = await at.stack.up("--skip-preview");
    expect(await idOf("short")).not.toBe(first.short.id);
    expect(requests(at.sandbox, "DELETE")).toEqual([`DELETE /api/admin/api-keys/${first.short.id}`]);
    expect(output).toMatch(/warning: .*expiresAt has passed/);
  });

  it("a key whose fixed expiresAt has passed is only warned of, before and after refresh has seen it", async () => {
    expect((await at.stack.refresh("--skip-preview")).output).toMatch(
      /warning: .* no longer works: it expired at .* Give it a later expiresAt/,
    );
    expect((await at.stack.up("--skip-preview")).output).toMatch(/warning: .*expiresAt has passed/);
    expect(await idOf("fixed")).toBe(first.fixed.id);
  });

  it("a key is renewed by rotation.every, unless ignoreChanges pins its date, as it did until now", async () => {
    expect(await idOf("periodic")).toBe(first.periodic.id);
    at.stack.setProgram(program("{}"));
    await at.stack.up("--skip-preview");
    const id = await idOf("periodic");
    expect(id).not.toBe(first.periodic.id);
    expect(live()).toContain(id);
    expect(live()).not.toContain(first.periodic.id);
  });

  it("a new expiresAt that lies in the past fails the check", async () => {
    at.stack.setProgram(programWith(xentree, at.sandbox, `expiresAt: "2020-01-01T00:00:00Z"`));
    const { exitCode, output } = await at.stack.pulumi(["preview"], { allowFailure: true });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("expiresAt lies in the past");
  });
});
