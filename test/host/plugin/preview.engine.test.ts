import { useStack } from "../../support/engine/fixture";
import { letPass } from "../../support/engine/timeTravel";
import { liveKeys, requests } from "../../support/engine/vendors";

const dayMs = 86_400_000;

/** A key, and a resource that is made of its value and its name. */
const program = (version: number, more = "") => `
  const pulumi = require("@pulumi/pulumi");
  const { xentree } = require("pulumi-apikeys/plugin");
  const key = new xentree.ApiKey("ci", {
    permissions: ["chat:read"], rotation: { overlap: "7d", triggers: { version: ${version} } ${more} },
  });
  class Consumer extends pulumi.dynamic.Resource {
    constructor(name, props) {
      super({ create: async () => ({ id: name, outs: {} }) }, name, props);
    }
  }
  new Consumer("by-fingerprint", { fingerprint: key.fingerprint, keyId: key.keyId });
  exports.name = key.name;`;

describe("a preview on the plugin", () => {
  const at = useStack("suite", () => program(1));
  const preview = async () => (await at.stack.preview("--diff")).output;

  beforeAll(async () => {
    at.stack.lendPlugin();
    await at.stack.up("--skip-preview");
  });

  it("of a renewal shows what changes, property by property, and that dependents follow", async () => {
    at.stack.setProgram(program(2));
    const output = await preview();
    expect(output).toMatch(/~ generation *: 1 => 2/);
    expect(output).toMatch(/~ version: 1 => 2/);
    expect(output).toMatch(/Consumer|by-fingerprint/);
    expect(output).toMatch(/2 to (update|replace)|1 to update/);
    await at.stack.up("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(2);
  });

  it("of a night that only retires the old key leaves the dependents alone, as the real run does", async () => {
    await letPass(at.stack, 8 * dayMs);
    const output = await preview();
    expect(output).toMatch(/- previousKeyId/);
    expect(output).toMatch(/1 to update\n *2 unchanged/);
    expect((await at.stack.up("--skip-preview")).output).toMatch(/1 updated\n *2 unchanged/);
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(1);
  });

  it("of a changed record leaves the dependents alone too, and sends nothing", async () => {
    at.sandbox.journal.clear();
    at.stack.setProgram(program(2, `, warnBeforeExpiry: "30d"`));
    expect(await preview()).toMatch(/\+ warnBeforeExpiry: "30d"[\s\S]*1 to update\n *2 unchanged/);
    expect((await at.stack.up("--skip-preview")).output).toMatch(/1 updated\n *2 unchanged/);
    expect(requests(at.sandbox)).toEqual([]);
  });

  it("shows a warning beside the key that it is about", async () => {
    at.stack.setProgram(program(3, ", revokeNow: true"));
    const { output } = await at.stack.preview();
    expect(output).toMatch(/apikeys:xentree:ApiKey \(ci\):\n *warning: .*rotation\.revokeNow is set/);
  });
});

describe("the options of a resource on the plugin", () => {
  const at = useStack("test");
  beforeEach(() => at.stack.lendPlugin());

  it("bound a create by customTimeouts, after which no key is left", async () => {
    at.stack.setProgram(`
      const { xentree } = require("pulumi-apikeys/plugin");
      new xentree.ApiKey("ci", {}, { customTimeouts: { create: "2s" } });`);
    at.sandbox.inject({ method: "POST", path: /api-keys/, action: { kind: "hangAfterCommit" } });
    const { exitCode, output } = await at.stack.pulumi(["up", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/time ran out|no whole answer came within/);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([]);
    expect(requests(at.sandbox, "POST")).toHaveLength(1);
  });

  it("name a key as the stack's autonaming says", async () => {
    await at.stack.setConfig({ "pulumi:autonaming.pattern": `acme-\${name}` }, "plaintext");
    at.stack.setProgram(`
      const { xentree } = require("pulumi-apikeys/plugin");
      exports.name = new xentree.ApiKey("ci", {}).name;`);
    await at.stack.up("--skip-preview");
    expect((await at.stack.outputs()).name).toBe("acme-ci");
  });
});
