import { readFileSync } from "node:fs";
import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/engine/stack";
import { connectionsOf, liveKeys } from "../support/engine/vendors";

let sandbox: Sandbox;
let stack: TestStack;

const program = (config: string) => `
  const pulumi = require("@pulumi/pulumi");
  const { xentree } = require("pulumi-apikeys");
  class Nodejs extends pulumi.ProviderResource {}
  const provider = new Nodejs("pulumi-nodejs", "explicit", ${config});
  new xentree.ApiKey("ci", { permissions: ["read"] }, { provider });`;

beforeAll(async () => {
  sandbox = await startSandbox();
  stack = await TestStack.create({ program: program("{}") });
  const { APIKEYS_XENTREE_BASE_URL: url = "", APIKEYS_XENTREE_TOKEN: token = "" } = connectionsOf(sandbox);
  await stack.setConfig({ "apikeys:connections.xentree.baseUrl": url }, "plaintext");
  await stack.setConfig({ "apikeys:connections.xentree.token": token }, "secret");
});
afterAll(async () => {
  await stack?.remove();
  await sandbox?.close();
});

it("an explicit provider does not see the connections in stack config, and no key is made", async () => {
  const { exitCode, output } = await stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
  expect(exitCode).not.toBe(0);
  expect(output).toContain('Connection "xentree" has no credentials');
  expect(liveKeys(sandbox, "xentree")).toEqual([]);
});

it("it sees those that it is given as a secret, which the state has encrypted only", async () => {
  const given = `{ "apikeys:connections": new pulumi.Config("apikeys").requireSecret("connections") }`;
  stack.setProgram(program(given));
  await stack.up("--skip-preview");
  expect(liveKeys(sandbox, "xentree")).toHaveLength(1);
  expect(readFileSync(stack.stateFile(), "utf8")).not.toContain(sandbox.credentials.xentree.token);
  await stack.up("--skip-preview", "--expect-no-changes");
  await stack.destroy("--skip-preview");
  expect(liveKeys(sandbox, "xentree")).toEqual([]);
});
