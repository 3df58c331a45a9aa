import { useStack } from "../../support/engine/fixture";
import { liveKeys } from "../../support/engine/vendors";
import { secretsIn } from "../../support/secrets";

describe("the plugin's credentials", () => {
  const at = useStack("test");
  beforeEach(() => at.stack.lendPlugin());
  const program = (body: string) =>
    at.stack.setProgram(`const { xentree } = require("pulumi-apikeys/plugin");\n${body}`);
  const provider = (token: string) => `
    const { Provider } = require("pulumi-apikeys/plugin");
    const eu = new Provider("eu", { connections: { people: { baseUrl: "${at.sandbox.url}", token: "${token}" } } });
    new xentree.ApiKey("ci", { connection: "people" }, { provider: eu });`;
  const providerState = async () => {
    const { resources } = (await at.stack.exportState()).deployment;
    return resources.find(({ type }) => type === "pulumi:providers:apikeys");
  };

  it("are not in the state where the stack config has them, and a plain destroy uses those of its own day", async () => {
    const { stack, sandbox } = at;
    await stack.setConfig({ "apikeys:connections.people.baseUrl": sandbox.url }, "plaintext");
    const setToken = () =>
      stack.setConfig({ "apikeys:connections.people.token": sandbox.credentials.xentree.token }, "secret");
    await setToken();
    program(`new xentree.ApiKey("ci", { connection: "people" });`);
    await stack.up("--skip-preview");
    expect((await providerState())?.inputs).not.toHaveProperty("connections");

    sandbox.rotateCredentialsOutOfBand("xentree");
    const { output } = await stack.pulumi(["refresh", "--yes", "--skip-preview"], { allowFailure: true });
    expect(output).toMatch(/HTTP 401/);
    expect(output).not.toContain("--run-program");
    await setToken();
    await stack.refresh("--skip-preview", "--expect-no-changes");
    await stack.destroy("--skip-preview");
    expect(liveKeys(sandbox, "xentree")).toEqual([]);
  });

  it("are secrets in the state as arguments of a provider, whatever the program says, and wrong ones are mended in place", async () => {
    const { stack, sandbox } = at;
    const first = sandbox.credentials.xentree.token;
    program(provider(first));
    await stack.up("--skip-preview");
    const [key] = liveKeys(sandbox, "xentree");
    expect(secretsIn(JSON.stringify(await providerState()), [first])).toEqual([]);

    sandbox.rotateCredentialsOutOfBand("xentree");
    program(provider(sandbox.credentials.xentree.token));
    const { output } = await stack.up("--diff");
    expect(output).toMatch(/1 updated/);
    expect(secretsIn(output, [first, sandbox.credentials.xentree.token])).toEqual([]);
    expect(liveKeys(sandbox, "xentree")).toEqual([key]);
    await stack.refresh("--skip-preview", "--expect-no-changes");
    await stack.destroy("--skip-preview");
    expect(liveKeys(sandbox, "xentree")).toEqual([]);
  });

  it("that are no object of connections fail the preview in a sentence that shows none of them", async () => {
    program(`
      const pulumi = require("@pulumi/pulumi");
      class Provider extends pulumi.ProviderResource {}
      const eu = new Provider("apikeys", "eu", { connections: "canary-token" }, { version: require("pulumi-apikeys/package.json").version });
      new xentree.ApiKey("ci", {}, { provider: eu });`);
    const { output, exitCode } = await at.stack.pulumi(["preview"], { allowFailure: true });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/connections must be an object of named connections/);
    expect(output).not.toContain("canary-token");
  });
});
