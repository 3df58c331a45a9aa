import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { resourceType } from "../../../provider/base/resourceType";
import type { SandboxKey } from "../../../sandbox";
import { useStack } from "../../support/engine/fixture";
import { TestStack } from "../../support/engine/stack";
import { connectionsOf, programWith, vendorCaseOf } from "../../support/engine/vendors";
import { Child } from "../../support/process/child";
import { FakePulumi } from "../../support/process/fakePulumi";
import { useSandbox } from "../../support/vendor/sandbox";

interface FoundKey {
  readonly ownership: string;
  readonly resources: readonly { readonly stack: string; readonly name: string }[];
  readonly findings: readonly string[];
  readonly key: { readonly keyId: string };
}

/** Whose each key is, by its id: where it is managed, the resources that have it. */
function whose(stdout: string): Record<string, string> {
  const { keys } = JSON.parse(stdout) as { keys: FoundKey[] };
  return Object.fromEntries(
    keys.map(({ key, ownership, resources }) => [
      key.keyId,
      resources.map(({ stack, name }) => `${stack}/${name}`).join() || ownership,
    ]),
  );
}

describe("pulumi-apikeys audit of several stacks", () => {
  const { sandbox } = useSandbox({ now: () => Date.now() });
  let pulumi: FakePulumi;
  beforeEach(() => {
    pulumi = new FakePulumi();
  });
  afterEach(() => pulumi.remove());

  const audit = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    pulumi.run(["audit", ...args], { ...connectionsOf(sandbox()), ...env });
  const key = () => sandbox().createOutOfBand("xentree", { name: "ci" });
  const stateOf = (stack: string, name: string, { id, createdAt }: SandboxKey, project = "project") => {
    const outputs = { service: "xentree", connection: "xentree", origin: sandbox().url };
    const tenantId = "34f5c98e-f430-457b-a812-92637d0c6fd0";
    return {
      deployment: {
        resources: [
          {
            urn: `urn:pulumi:${stack}::${project}::${resourceType}::${name}`,
            type: resourceType,
            outputs: { ...outputs, keyId: id, name: "ci", createdAt, tenantId },
          },
        ],
      },
    };
  };

  it("calls a key unmanaged only if no stack has it, and asks a vendor once for all of them", async () => {
    const [one, two, three] = [key(), key(), key()];
    pulumi.hasStates({ dev: stateOf("dev", "ci", one), "acme/billing/prod": stateOf("prod", "ci", two) });
    const some = await audit(["--stack", "dev", "--json"]);
    expect(whose(some.stdout)).toEqual({
      [one.id]: "dev/ci",
      [two.id]: "unmanaged",
      [three.id]: "unmanaged",
    });
    const before = sandbox().journal.entries().length;
    const all = await audit(["--all", "--json"]);
    expect(all.exitCode).toBe(3);
    expect(whose(all.stdout)).toEqual({
      [one.id]: "dev/ci",
      [two.id]: "acme/billing/prod/ci",
      [three.id]: "unmanaged",
    });
    const paths = sandbox()
      .journal.entries()
      .slice(before)
      .map(({ path: asked }) => asked);
    expect(paths.filter((asked) => asked.endsWith("api-keys"))).toHaveLength(1);
    const named = await audit(["--stack", "dev", "--stack", "acme/billing/prod", "--fail-on", "missing"]);
    expect(named).toMatchObject({ exitCode: 0, stderr: "" });
    expect(named.stdout).toMatch(/ acme\/billing\/prod\/ci +-\n/);
  });

  it("calls no key unmanaged where the state of one of the stacks cannot be read, and exits with 1", async () => {
    const [one, two] = [key(), key()];
    pulumi.hasStates({ dev: stateOf("dev", "ci", one), prod: stateOf("prod", "ci", two) });
    rmSync(path.join(pulumi.folder, "states/prod"));
    const { exitCode, stdout, stderr } = await audit(["--all", "--json"]);
    expect(exitCode).toBe(1);
    expect(whose(stdout)).toEqual({ [one.id]: "dev/ci", [two.id]: "unknown" });
    expect(stdout).not.toContain('"unmanaged"');
    expect(stderr).toContain("The stack prod could not be read: `pulumi stack export` failed.");
    expect(stderr).toContain("1 key is in no stack that was read. Not every stack was");
  });

  it("sees other accounts behind connections of one name as other places", async () => {
    const one = key();
    const token = sandbox().credentials.xentree.token;
    pulumi.hasStates({ dev: stateOf("dev", "ci", one, "quickstart"), prod: stateOf("prod", "ci", one) });
    const setting = { xentree: { baseUrl: sandbox().url, token: "of-another-account" } };
    pulumi.has({ config: { "apikeys:connections": { value: JSON.stringify(setting) } } });
    const folder = path.dirname(pulumi.write("Pulumi.yaml", "name: quickstart\nruntime: yaml\n"));
    const env = { APIKEYS_XENTREE_TOKEN: "", APIKEYS_XENTREE_BASE_URL: "" };
    const { exitCode, stdout, stderr } = await audit(["--all", "--json", "--project", folder], env);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^prod\/ci: Connection "xentree" has no /m);
    expect(stderr).toMatch(/^Xentree did not list API keys .*HTTP 401/m);
    expect(stderr + stdout).not.toContain("of-another-account");
    pulumi.write("config", JSON.stringify({}));
    expect(
      JSON.parse((await audit(["--all", "--json"], { APIKEYS_XENTREE_TOKEN: token })).stdout),
    ).toMatchObject({
      keys: [{ resources: [{ stack: "dev" }, { stack: "prod" }] }],
      failures: [],
    });
  });

  it("says in a sentence that --project names no project", async () => {
    const { exitCode, stderr } = await audit(["--all", "--project", pulumi.folder]);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^--project is ".+", where there is no Pulumi/),
    ]);
  });
});

describe("pulumi-apikeys audit of several backends", () => {
  const xentree = vendorCaseOf("xentree");
  const rotation = 'rotation: { every: "30d", overlap: "7d" }';
  const fixture = useStack("suite", (sandbox) => programWith(xentree, sandbox, rotation));
  let other: TestStack;
  beforeAll(async () => {
    const { sandbox } = fixture;
    other = await TestStack.create({
      name: "prod",
      program: programWith(xentree, sandbox, ""),
      env: connectionsOf(sandbox),
    });
    await Promise.all([fixture.stack.up(), other.up()]);
  });
  afterAll(() => other.remove());

  it("compares the vendor's keys with the stacks of all of them, as the real Pulumi lists and exports them", async () => {
    const run = async (...args: string[]) => {
      const { dir, env } = fixture.stack;
      const child = new Child("dist/cli/main.js", ["audit", "--json", ...args], env, dir);
      return {
        exitCode: await child.exit,
        owners: Object.values(whose(child.stdout)).sort(),
        error: child.stderr,
      };
    };
    expect(await run("--all")).toMatchObject({ exitCode: 3, owners: ["dev/ci", "unmanaged"] });
    const backend = String(other.env.PULUMI_BACKEND_URL);
    const file = path.join(fixture.stack.dir, "report.html");
    expect(await run("--all", "--backend", backend, "--html", file)).toEqual({
      exitCode: 0,
      owners: ["dev/ci", `${backend}: prod/ci`],
      error: "",
    });
    // The state of a real key has the dates that a timeline shows.
    expect(readFileSync(file, "utf8").match(/<dt>.*?<\/dt>/g)).toEqual(
      expect.arrayContaining(["<dt>Made</dt>", "<dt>Due</dt>"]),
    );
    const { exitCode, owners, error } = await run("--all", "--backend", "file:///nowhere?token=canary");
    expect([exitCode, owners]).toEqual([1, ["dev/ci", "unknown"]]);
    expect(error).toContain("The list of stacks at file:///nowhere could not be read");
  });
});
