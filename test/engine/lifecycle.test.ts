import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/stack";
import { connectionsOf, liveKeys, programWith, requests, use, vendorCases } from "./support/vendors";

describe.each(vendorCases)("a $vendor key on the real engine", (vendorCase) => {
  const { vendor, args } = vendorCase;
  let sandbox: Sandbox;
  let stack: TestStack;
  const program = (trigger: string) =>
    programWith(
      vendorCase,
      sandbox,
      `${args ? `${args},` : ""} rotation: { triggers: { reason: "${trigger}" } }`,
    );

  beforeAll(async () => {
    sandbox = await startSandbox();
    stack = await TestStack.create({ program: program("first"), env: connectionsOf(sandbox) });
  });
  afterAll(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  it("is created by up, works, and shows its value to nobody", async () => {
    const { output } = await stack.up();
    const { keyId, value } = await stack.outputs({ showSecrets: true });

    expect(liveKeys(sandbox, vendor)).toEqual([keyId]);
    expect(await use(vendorCase, sandbox, value)).toBe(200);
    expect(output).toContain("[secret]");
    expect(output).not.toContain(String(value));
    expect(requests(sandbox, "POST")).toHaveLength(1);
  });

  it("sends nothing and changes nothing in an up of an unchanged program", async () => {
    sandbox.journal.clear();
    const { output } = await stack.up();
    expect(requests(sandbox)).toEqual([]);
    expect(output).toMatch(/Resources:\s+2 unchanged/);
  });

  it("is read once per engine pass by refresh, which finds nothing new", async () => {
    sandbox.journal.clear();
    const { output } = await stack.refresh("--skip-preview");
    expect(requests(sandbox)).toHaveLength(1);
    expect(output).toMatch(/Resources:\s+2 unchanged/);
  });

  it("is rotated by a changed trigger: the new key works, the old one no more", async () => {
    const before = await stack.outputs({ showSecrets: true });
    stack.setProgram(program("second"));
    const { output } = await stack.preview("--diff");
    expect(output).toMatch(/reason: "first" => "second"/);
    expect(output).toContain("1 to replace");

    await stack.up();
    const after = await stack.outputs({ showSecrets: true });
    expect(await use(vendorCase, sandbox, before.value)).toBe(401);
    expect(await use(vendorCase, sandbox, after.value)).toBe(200);
    expect(after.fingerprint).not.toBe(before.fingerprint);
    expect(liveKeys(sandbox, vendor)).toEqual([after.keyId]);
  });

  it("is found missing by refresh when revoked behind our back, and made anew by up", async () => {
    const { keyId } = await stack.outputs();
    sandbox.revokeOutOfBand(vendor, String(keyId));
    const { output } = await stack.refresh();
    expect(output).toMatch(/1 deleted/);

    await stack.up();
    const after = await stack.outputs({ showSecrets: true });
    expect(await use(vendorCase, sandbox, after.value)).toBe(200);
    expect(liveKeys(sandbox, vendor)).toEqual([after.keyId]);
  });

  it("is revoked by destroy", async () => {
    await stack.destroy();
    expect(liveKeys(sandbox, vendor)).toEqual([]);
    expect((await stack.exportState()).deployment.resources ?? []).toEqual([]);
  });
});
