import { readFileSync } from "node:fs";
import type { SandboxKey, VendorName } from "../../sandbox";
import { useStack } from "../support/engine/fixture";
import {
  keysOf,
  liveKeys,
  ofEach,
  programOfAll,
  programWith,
  requests,
  use,
  vendorCaseOf,
  vendorCases,
} from "../support/engine/vendors";

describe("adopting a key of each vendor", () => {
  const at = useStack("suite");
  let theirs: Record<VendorName, SandboxKey>;
  beforeAll(() => {
    theirs = ofEach(({ vendor }) => at.sandbox.createOutOfBand(vendor, { name: "made by hand" }));
  });

  const setArgs = (argsOf: (key: SandboxKey) => string) =>
    at.stack.setProgram(programOfAll(at.sandbox, ({ vendor }) => argsOf(theirs[vendor])));

  it("adopts the existing key without creating one, and stores its value when the program adds that later", async () => {
    setArgs(({ id }) => `adopt: "${id}"`);
    await at.stack.up("--skip-preview");
    for (const { vendor } of vendorCases) {
      const { outputs } = await at.stack.resource(vendor);
      expect(outputs).toMatchObject({ keyId: theirs[vendor].id, valueAvailable: false });
    }
    expect(requests(at.sandbox, "POST")).toEqual([]);

    at.sandbox.journal.clear();
    setArgs(({ id, value }) => `adopt: "${id}", adoptValue: "${value}"`);
    const { output } = await at.stack.up("--skip-preview");
    expect(await keysOf(at.stack)).toMatchObject(
      ofEach(({ vendor }) => ({ keyId: theirs[vendor].id, value: theirs[vendor].value })),
    );
    expect((await at.stack.up("--skip-preview")).output).toMatch(/4 unchanged/);
    expect(requests(at.sandbox)).toEqual([]);
    const state = readFileSync(at.stack.stateFile(), "utf8");
    for (const { value } of Object.values(theirs)) expect(output + state).not.toContain(value);
  });

  it("makes a new key when rotation is asked for, and revokes the adopted one", async () => {
    setArgs(({ id }) => `adopt: "${id}", rotation: { triggers: { reason: "handover" } }`);
    await at.stack.up("--skip-preview");
    const keys = await keysOf(at.stack);
    for (const vendorCase of vendorCases) {
      const { keyId, value } = keys[vendorCase.vendor];
      expect(keyId).not.toBe(theirs[vendorCase.vendor].id);
      expect(await use(vendorCase, at.sandbox, value)).toBe(200);
      expect(liveKeys(at.sandbox, vendorCase.vendor)).toEqual([keyId]);
    }
    expect((await at.stack.up("--skip-preview")).output).toMatch(/4 unchanged/);
  });
});

describe("a SendKit workspace that has a key already", () => {
  const sendkit = vendorCaseOf("sendkit");
  const at = useStack("suite", (sandbox) => programWith(sendkit, sandbox, ""));

  it("refuses to create another, offers adoption, and leaves the colleague's key alone even on destroy", async () => {
    const { id } = at.sandbox.createOutOfBand("sendkit", { name: "a colleague's" });
    const refused = await at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
    expect(refused.exitCode).not.toBe(0);
    expect(refused.output).toContain(`set adopt: "${id}"`);

    at.sandbox.revokeOutOfBand("sendkit", id);
    await at.stack.up("--skip-preview");
    const newer = at.sandbox.createOutOfBand("sendkit", { name: "a colleague's newer", replace: true });
    expect((await at.stack.destroy("--skip-preview")).output).toMatch(/another key .* was left alone/);
    expect(liveKeys(at.sandbox, "sendkit")).toEqual([newer.id]);
  });
});
