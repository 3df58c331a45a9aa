import { statSync } from "node:fs";
import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/stack";
import { connectionsOf, requests } from "./support/vendors";

const count = 100;

describe(`${count} Xentree keys with every argument`, () => {
  let sandbox: Sandbox;
  let stack: TestStack;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const program = `
      const { xentree } = require("pulumi-apikeys");
      for (let i = 0; i < ${count}; i++) {
        new xentree.ApiKey("pipeline-" + i, {
          permissions: ["conversations:read", "knowledge:search", "organizations:read"],
          rateLimitPerMinute: 120,
          allowedIps: ["203.0.113.0/24"],
          organizationId: "${sandbox.credentials.xentree.organizationId}",
          expiresIn: "90d",
        });
      }`;
    stack = await TestStack.create({ program, env: connectionsOf(sandbox) });
  });
  afterAll(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  it("take one POST each and nothing else", async () => {
    await stack.up("--skip-preview");
    expect(requests(sandbox)).toEqual(Array(count).fill("POST /api/admin/api-keys"));
  });

  it("cost at most 5.5 KB of state and 1.7 KB of inputs and outputs each", async () => {
    const { resources } = (await stack.exportState()).deployment;
    const keys = resources.filter((resource) => resource.type.endsWith("apikeys:ApiKey"));
    expect(keys).toHaveLength(count);
    for (const { inputs, outputs } of keys) {
      expect(JSON.stringify(inputs).length + JSON.stringify(outputs).length).toBeLessThanOrEqual(1_700);
    }
    expect(statSync(stack.stateFile()).size / count).toBeLessThanOrEqual(5_500);
  });

  it("take no request in an unchanged up, and one listing in a refresh", async () => {
    sandbox.journal.clear();
    await stack.up("--skip-preview");
    expect(requests(sandbox)).toEqual([]);
    await stack.refresh("--skip-preview");
    expect(requests(sandbox)).toEqual(["GET /api/admin/api-keys"]);
  });

  it("take one DELETE each in destroy and nothing else", async () => {
    sandbox.journal.clear();
    await stack.destroy("--skip-preview");
    expect(requests(sandbox, "DELETE")).toHaveLength(count);
    expect(requests(sandbox)).toHaveLength(count);
  });
});
