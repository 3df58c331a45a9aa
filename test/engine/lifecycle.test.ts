import type { Sandbox } from "../../sandbox";
import { useStack } from "./support/fixture";
import { liveKeys, programWith, requests, use, vendorCases } from "./support/vendors";

describe.each(vendorCases)("a $vendor key on the real engine", (vendorCase) => {
  const { vendor, args } = vendorCase;
  const program = (sandbox: Sandbox, trigger: string) =>
    programWith(
      vendorCase,
      sandbox,
      `${args ? `${args},` : ""} rotation: { triggers: { reason: "${trigger}" } }`,
    );

  const at = useStack("suite", (sandbox) => program(sandbox, "first"));

  it("is created by up, works, and shows its value to nobody", async () => {
    const { output } = await at.stack.up("--skip-preview");
    const { keyId, value } = await at.stack.outputs({ showSecrets: true });

    expect(liveKeys(at.sandbox, vendor)).toEqual([keyId]);
    expect(await use(vendorCase, at.sandbox, value)).toBe(200);
    expect(output).toContain("[secret]");
    expect(output).not.toContain(String(value));
    expect(requests(at.sandbox, "POST")).toHaveLength(1);
  });

  it("sends nothing and changes nothing in an up of an unchanged program", async () => {
    at.sandbox.journal.clear();
    const { output } = await at.stack.up();
    expect(requests(at.sandbox)).toEqual([]);
    expect(output).toMatch(/Resources:\s+2 unchanged/);
  });

  it("is read once per engine pass by refresh, which finds nothing new", async () => {
    at.sandbox.journal.clear();
    const { output } = await at.stack.refresh("--skip-preview");
    expect(requests(at.sandbox)).toHaveLength(1);
    expect(output).toMatch(/Resources:\s+2 unchanged/);
  });

  it("is rotated by a changed trigger: the new key works, the old one no more", async () => {
    const before = await at.stack.outputs({ showSecrets: true });
    at.stack.setProgram(program(at.sandbox, "second"));
    const { output } = await at.stack.preview("--diff");
    expect(output).toMatch(/reason: "first" => "second"/);
    expect(output).toContain("1 to replace");

    await at.stack.up("--skip-preview");
    const after = await at.stack.outputs({ showSecrets: true });
    expect(await use(vendorCase, at.sandbox, before.value)).toBe(401);
    expect(await use(vendorCase, at.sandbox, after.value)).toBe(200);
    expect(after.fingerprint).not.toBe(before.fingerprint);
    expect(liveKeys(at.sandbox, vendor)).toEqual([after.keyId]);
  });

  it("is found missing by refresh when revoked behind our back, and made anew by up", async () => {
    const { keyId } = await at.stack.outputs();
    at.sandbox.revokeOutOfBand(vendor, String(keyId));
    const { output } = await at.stack.refresh("--skip-preview");
    expect(output).toMatch(/1 deleted/);

    await at.stack.up("--skip-preview");
    const after = await at.stack.outputs({ showSecrets: true });
    expect(await use(vendorCase, at.sandbox, after.value)).toBe(200);
    expect(liveKeys(at.sandbox, vendor)).toEqual([after.keyId]);
  });

  it("is revoked by destroy", async () => {
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, vendor)).toEqual([]);
    expect((await at.stack.exportState()).deployment.resources ?? []).toEqual([]);
  });
});
