import { readFileSync } from "node:fs";
import { startSandbox } from "../../sandbox";
import { TestStack } from "../support/stack";
import { useStack } from "./support/fixture";
import { connectionsOf, liveKeys, programWith, requests, use, vendorCases } from "./support/vendors";

describe.each(vendorCases)("adopting a $vendor key", (vendorCase) => {
  const { vendor } = vendorCase;

  const at = useStack("suite");

  it("takes over the existing key without creating one, and takes its value when that is handed in later", async () => {
    const { id, value } = at.sandbox.createOutOfBand(vendor, { name: "made by hand" });
    at.stack.setProgram(programWith(vendorCase, at.sandbox, `adopt: "${id}"`));
    await at.stack.up("--skip-preview");
    expect((await at.stack.resource("ci")).outputs).toMatchObject({ keyId: id, valueAvailable: false });
    expect(requests(at.sandbox, "POST")).toEqual([]);

    at.sandbox.journal.clear();
    at.stack.setProgram(programWith(vendorCase, at.sandbox, `adopt: "${id}", adoptValue: "${value}"`));
    expect((await at.stack.up("--skip-preview")).output).not.toContain(value);
    expect(await at.stack.outputs({ showSecrets: true })).toMatchObject({ keyId: id, value });
    expect((await at.stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
    expect(requests(at.sandbox)).toEqual([]);
    expect(readFileSync(at.stack.stateFile(), "utf8")).not.toContain(value);
  });

  it("makes a new key when rotation is asked for, and revokes the adopted one", async () => {
    const { keyId } = await at.stack.outputs();
    at.stack.setProgram(
      programWith(
        vendorCase,
        at.sandbox,
        `adopt: "${keyId}", rotation: { triggers: { reason: "handover" } }`,
      ),
    );
    await at.stack.up("--skip-preview");
    const after = await at.stack.outputs({ showSecrets: true });
    expect(after.keyId).not.toBe(keyId);
    expect(await use(vendorCase, at.sandbox, after.value)).toBe(200);
    expect(liveKeys(at.sandbox, vendor)).toEqual([after.keyId]);
    expect((await at.stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
  });
});

describe("a SendKit workspace that has a key already", () => {
  it("refuses to create another, offers adoption, and leaves the colleague's key alone even on destroy", async () => {
    const sendkit = vendorCases.find(({ vendor }) => vendor === "sendkit");
    if (!sendkit) throw new Error("SendKit is missing from the cases.");
    const sandbox = await startSandbox();
    const stack = await TestStack.create({
      program: programWith(sendkit, sandbox, ""),
      env: connectionsOf(sandbox),
    });
    try {
      const { id } = sandbox.createOutOfBand("sendkit", { name: "a colleague's" });
      const refused = await stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
      expect(refused.exitCode).not.toBe(0);
      expect(refused.output).toContain(`set adopt: "${id}"`);

      sandbox.revokeOutOfBand("sendkit", id);
      await stack.up("--skip-preview");
      const newer = sandbox.createOutOfBand("sendkit", { name: "a colleague's newer", replace: true });
      expect((await stack.destroy("--skip-preview")).output).toMatch(/another key .* was left alone/);
      expect(liveKeys(sandbox, "sendkit")).toEqual([newer.id]);
    } finally {
      await stack.remove();
      await sandbox.close();
    }
  });
});
