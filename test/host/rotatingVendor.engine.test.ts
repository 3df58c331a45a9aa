import { readFileSync } from "node:fs";
import { TestStack } from "../support/engine/stack";
import {
  type RotatingVendor,
  rotatingDefinition,
  startRotatingVendor,
} from "../support/vendor/rotatingVendor";

const webhook = "webhook-secret-of-the-program";

function program(args: string): string {
  return `
    const { defineService } = require("pulumi-apikeys");
    const orbit = defineService(${JSON.stringify(rotatingDefinition)});
    const key = new orbit.ApiKey("ci", { webhook: "${webhook}", ${args} });
    module.exports = { keyId: key.keyId, value: key.value, signing: key.signing };`;
}

describe("a key of a vendor that changes and rotates it, on the real engine,", () => {
  let vendor: RotatingVendor;
  let stack: TestStack;

  beforeAll(async () => {
    vendor = await startRotatingVendor();
    stack = await TestStack.create({
      program: program(`scopes: ["read"], rotation: { triggers: { v: 1 } }`),
      env: {
        APIKEYS_ORBIT_BASE_URL: vendor.url,
        APIKEYS_ORBIT_TOKEN: "t",
        APIKEYS_ORBIT_LIST_LAG_SECONDS: "0",
      },
    });
    await stack.up("--skip-preview");
  });

  afterAll(async () => {
    await stack.remove();
    await vendor.close();
  });

  it("is updated, in preview and up, when a changed field can be changed in place", async () => {
    vendor.requests.length = 0;
    stack.setProgram(program(`scopes: ["write"], rotation: { triggers: { v: 1 } }`));
    expect((await stack.preview()).output).toMatch(/~ 1 to update/);
    const { output } = await stack.up("--skip-preview");
    expect(output).toMatch(/~ 1 updated/);
    const { keyId } = await stack.outputs();
    expect(vendor.requests).toEqual([`PATCH /keys/${keyId}`]);
    expect((await stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
  });

  it("gets another value by an update, and its program sees it", async () => {
    vendor.requests.length = 0;
    const before = await stack.outputs({ showSecrets: true });
    stack.setProgram(program(`scopes: ["write"], rotation: { triggers: { v: 2 } }`));
    expect((await stack.preview()).output).toMatch(/~ 1 to update/);
    await stack.up("--skip-preview");
    const after = await stack.outputs({ showSecrets: true });
    expect(vendor.requests).toEqual([`POST /keys/${before.keyId}/rotate`]);
    const key = vendor.keys.get(String(before.keyId));
    expect(after).toEqual({ keyId: before.keyId, value: key?.secret, signing: key?.signing });
    expect(after.value).not.toBe(before.value);
    expect((await stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
  });

  it("keeps every secret, encrypted, through a refresh that masks them", async () => {
    const before = await stack.outputs({ showSecrets: true });
    const { output } = await stack.refresh();
    expect(output).toMatch(/2 unchanged/);
    expect(await stack.outputs({ showSecrets: true })).toEqual(before);
    const { output: exported } = await stack.pulumi(["stack", "export"]);
    const state = readFileSync(stack.stateFile(), "utf8");
    for (const secret of [webhook, ...vendor.shown]) {
      for (const text of [output, exported, state]) expect(text).not.toContain(secret);
    }
  });

  it("is revoked with the resource", async () => {
    await stack.destroy("--skip-preview");
    expect(vendor.keys.size).toBe(0);
  });
});
