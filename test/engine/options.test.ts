import path from "node:path";
import { useStack } from "./support/fixture";
import { liveKeys, programWith, requests, type VendorCase, vendorCases } from "./support/vendors";

const byName = (name: string) => vendorCases.find(({ vendor }) => vendor === name) as VendorCase;
const xentree = byName("xentree");
const sendkit = byName("sendkit");
const rotated = (trigger: string, more = "") => `rotation: { triggers: { reason: "${trigger}" } }, ${more}`;

/** What docs/resource-options.md promises, one by one. */
describe("the resource option", () => {
  const up = async (vendorCase: VendorCase, args: string, options?: string) => {
    at.stack.setProgram(programWith(vendorCase, at.sandbox, args, options));
    return at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
  };

  const at = useStack("test");

  it("protect: refuses destroy and every up in which a rotation is due, and loses nothing", async () => {
    await up(xentree, rotated("1"), "{ protect: true }");
    const { keyId } = await at.stack.outputs();
    const refused = [
      await up(xentree, rotated("2"), "{ protect: true }"),
      await at.stack.pulumi(["destroy", "--yes", "--skip-preview"], { allowFailure: true }),
    ];
    for (const { exitCode, output } of refused) {
      expect(exitCode).not.toBe(0);
      expect(output).toMatch(/protect/);
    }
    expect(liveKeys(at.sandbox, "xentree")).toEqual([keyId]);
  });

  it("ignoreChanges: leaves a field alone, both when the program and when the vendor changes it", async () => {
    const options = `{ ignoreChanges: ["permissions"] }`;
    await up(xentree, `permissions: ["a"]`, options);
    const { keyId } = await at.stack.outputs();
    expect((await up(xentree, `permissions: ["b"]`, options)).output).toMatch(/2 unchanged/);
    at.sandbox.changeOutOfBand("xentree", String(keyId), { permissions: ["c"] });
    await at.stack.refresh("--skip-preview");
    expect((await up(xentree, `permissions: ["b"]`, options)).output).toMatch(/2 unchanged/);
  });

  it("ignoreChanges on status: leaves a revoked key unrepaired", async () => {
    const options = `{ ignoreChanges: ["status"] }`;
    await up(xentree, "", options);
    const { keyId } = await at.stack.outputs();
    at.sandbox.deactivateOutOfBand("xentree", String(keyId));
    await at.stack.refresh("--skip-preview");
    expect((await up(xentree, "", options)).output).toMatch(/2 unchanged/);
    expect((await at.stack.outputs()).keyId).toBe(keyId);
  });

  it("retainOnDelete: leaves the old key alive after a rotation and after destroy", async () => {
    await up(xentree, rotated("1"), "{ retainOnDelete: true }");
    await up(xentree, rotated("2"), "{ retainOnDelete: true }");
    await at.stack.destroy("--skip-preview");
    expect(requests(at.sandbox, "DELETE")).toEqual([]);
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(2);
  });

  it("deleteBeforeReplace: revokes the old key first", async () => {
    await up(xentree, rotated("1"), "{ deleteBeforeReplace: true }");
    at.sandbox.journal.clear();
    await up(xentree, rotated("2"), "{ deleteBeforeReplace: true }");
    expect(requests(at.sandbox).map((request) => request.split(" ")[0])).toEqual(["DELETE", "POST"]);
  });

  it("deleteBeforeReplace: false on SendKit fails before any change, for the workspace has one place", async () => {
    await up(sendkit, rotated("1"), "{ deleteBeforeReplace: false }");
    const { keyId } = await at.stack.outputs();
    const { exitCode, output } = await up(sendkit, rotated("2"), "{ deleteBeforeReplace: false }");
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/already has a key, .*can have only one/);
    expect(liveKeys(at.sandbox, "sendkit")).toEqual([keyId]);

    await up(sendkit, rotated("2"));
    const after = await at.stack.outputs();
    expect(liveKeys(at.sandbox, "sendkit")).toEqual([after.keyId]);
    expect(after.keyId).not.toBe(keyId);
  });

  it("aliases: renames the resource and keeps the key and its name", async () => {
    await up(xentree, "");
    const before = await at.stack.resource("ci");
    at.stack.setProgram(`
      const { xentree } = require("pulumi-apikeys");
      new xentree.ApiKey("deploy", {}, { aliases: [{ name: "ci" }] });`);
    at.sandbox.journal.clear();
    await at.stack.up("--skip-preview");
    expect(requests(at.sandbox)).toEqual([]);
    const after = await at.stack.resource("deploy");
    expect([after.id, after.inputs.name]).toEqual([before.id, before.inputs.name]);
  });

  it("--target: rotates the targeted key and leaves the other as it was", async () => {
    const program = (trigger: string) => `
      const { xentree } = require("pulumi-apikeys");
      for (const name of ["one", "two"]) new xentree.ApiKey(name, { ${rotated(trigger)} });`;
    at.stack.setProgram(program("1"));
    await at.stack.up("--skip-preview");
    const before = [await at.stack.resource("one"), await at.stack.resource("two")];
    at.stack.setProgram(program("2"));
    await at.stack.up("--skip-preview", "--target", before[0]?.urn ?? "");
    expect((await at.stack.resource("one")).id).not.toBe(before[0]?.id);
    expect((await at.stack.resource("two")).id).toBe(before[1]?.id);
  });

  it("--replace: makes a new key under a new name and revokes the old one", async () => {
    await up(xentree, "");
    const before = await at.stack.resource("ci");
    await at.stack.up("--skip-preview", "--replace", before.urn);
    const after = await at.stack.resource("ci");
    expect(after.inputs.name).not.toBe(before.inputs.name);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([after.id]);
  });

  it("--replace on an adopted key: takes the same key over again and does not revoke it", async () => {
    const { id } = at.sandbox.createOutOfBand("xentree", { name: "theirs" });
    await up(xentree, `adopt: "${id}"`);
    const { output } = await at.stack.up("--skip-preview", "--replace", (await at.stack.resource("ci")).urn);
    expect(output).toMatch(/was not revoked/);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([id]);
  });

  it("--plan: refuses a plan in which a key is created, for its name and dates are made anew", async () => {
    at.stack.setProgram(programWith(xentree, at.sandbox, ""));
    const plan = path.join(at.stack.dir, "plan.json");
    await at.stack.preview("--save-plan", plan);
    const { exitCode, output } = await at.stack.pulumi(["up", "--yes", "--skip-preview", "--plan", plan], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("violates plan");
    expect(requests(at.sandbox)).toEqual([]);
  });
});
