import { xentree } from "../../provider/definition/builtin/xentree";
import { connectionsOf } from "../support/engine/vendors";
import { FakePulumi } from "../support/process/fakePulumi";
import { acme } from "../support/vendor/definitions";
import { useSandbox } from "../support/vendor/sandbox";

const { sandbox } = useSandbox();
const created = "2026-06-01T12:00:00Z";

describe("pulumi-apikeys list", () => {
  let pulumi: FakePulumi;
  beforeEach(() => {
    pulumi = new FakePulumi();
  });
  afterEach(() => pulumi.remove());

  const list = (args: string[], env: NodeJS.ProcessEnv = connectionsOf(sandbox())) =>
    pulumi.run(["list", ...args], env);

  it("prints the keys with the ids to adopt, and no more of their values than the vendor shows", async () => {
    const ci = sandbox().createOutOfBand("xentree", { name: "ci", last_used_at: "2026-06-01T11:00:00.000Z" });
    const old = sandbox().createOutOfBand("xentree", { name: "old", expires_at: "2020-01-01T00:00:00Z" });
    const { exitCode, stdout, stderr } = await list(["--connection", "xentree"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    const cells = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(cells).toEqual([
      ["ID", "NAME", "PREFIX", "STATUS", "CREATED", "EXPIRES", "LAST USED"],
      [old.id, "old", old.prefix, "expired", created, "2020-01-01T00:00:00Z", "never"],
      [ci.id, "ci", ci.prefix, "active", created, "never", "2026-06-01T11:00:00Z"],
    ]);
    for (const { value } of [ci, old]) expect(stdout).not.toContain(value);
  });

  it("prints JSON without control characters", async () => {
    const name = "\u001b[2J\u202e\u{e0041}ci";
    const { id, prefix } = sandbox().createOutOfBand("applications", { name });
    const { applicationId } = sandbox().credentials.applications;
    const { exitCode, stdout } = await list([
      ...["--connection", "applications", "--json"],
      ...["--parent", `applicationId=${applicationId}`],
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ keyId: id, name, prefix, status: "active", applicationId }]);
    expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it("prints a singleton's key, or that there is none", async () => {
    const { workspaceId } = sandbox().credentials.sendkit;
    const args = ["--connection", "sendkit", "--parent", `workspaceId=${workspaceId}`];
    expect(await list(args)).toMatchObject({ exitCode: 0, stdout: "There are no SendKit keys here.\n" });
    const { id } = sandbox().createOutOfBand("sendkit", { name: "mail" });
    expect((await list(args)).stdout).toContain(id);
  });

  it("takes the connection and its service from the config of the selected stack", async () => {
    const { token } = sandbox().credentials.xentree;
    const connections = { prod: { service: "xentree", baseUrl: sandbox().url, token } };
    const config = { "apikeys:connections": { value: JSON.stringify(connections) } };
    pulumi.has({ stacks: [{ name: "dev", current: true }], config });
    const { id } = sandbox().createOutOfBand("xentree", { name: "ci" });
    expect((await list(["--connection", "prod"], {})).stdout).toContain(id);
    pulumi.has({ stacks: [{ name: "dev", current: false }] });
    expect((await list(["--connection", "prod", "--stack", "dev"], {})).stdout).toContain(id);
    // Without the config of a stack, nothing says where the credentials are to go.
    expect((await list(["--connection", "prod"], {})).exitCode).toBe(2);
  });

  it("sends no credential when Pulumi cannot read the config: it may name another address", async () => {
    const failing = { ...connectionsOf(sandbox()), APIKEYS_XENTREE_BASE_URL: "" };
    pulumi.write("pulumi", "#!/bin/sh\necho 'error: no passphrase' >&2\nexit 255\n");
    const { exitCode, stderr } = await list(["--connection", "xentree"], failing);
    expect(exitCode).toBe(1);
    expect(stderr).toBe("error: no passphrase\n`pulumi stack ls` failed; what it says stands above.\n");
  });

  it("lists the keys of a vendor of the user's own, by its definition", async () => {
    const path = "/api/v1/applications/{team}/api-keys";
    const { operations, ...rest } = acme();
    const definition = {
      ...rest,
      pathParameters: { team: {} },
      operations: {
        create: { ...operations.create, path },
        list: { ...operations.list, path },
        revoke: { ...operations.revoke, path: `${path}/{keyId}` },
      },
    };
    const file = pulumi.write("acme.json", JSON.stringify(definition));
    const { id } = sandbox().createOutOfBand("applications", { name: "ci" });
    const { applicationId, token } = sandbox().credentials.applications;
    const { stdout } = await list(
      ["--connection", "acme", "--definition", file, "--parent", `team=${applicationId}`],
      { APIKEYS_ACME_BASE_URL: sandbox().url, APIKEYS_ACME_TOKEN: token },
    );
    expect(stdout).toMatch(new RegExp(`^ID +NAME +STATUS\n${id} +ci +active\n$`));
  });

  it("says on standard error that a list is cut, where it shows as many keys as it ever does", async () => {
    const { operations } = xentree;
    const definition = {
      ...xentree,
      name: "acme",
      operations: { ...operations, list: { ...operations.list, completeness: { cap: 1 } } },
    };
    const file = pulumi.write("capped.json", JSON.stringify(definition));
    const { id } = sandbox().createOutOfBand("xentree", { name: "ci" });
    const { exitCode, stdout, stderr } = await list(
      ["--connection", "acme", "--definition", file, "--json"],
      {
        APIKEYS_ACME_BASE_URL: sandbox().url,
        APIKEYS_ACME_TOKEN: sandbox().credentials.xentree.token,
      },
    );
    expect({ exitCode, keys: JSON.parse(stdout) }).toMatchObject({ exitCode: 0, keys: [{ keyId: id }] });
    expect(stderr).toMatch(/^The list of .* is full with 1 keys, which is all that it ever shows/);
  });

  it("says in a sentence what the vendor answers", async () => {
    const env = { ...connectionsOf(sandbox()), APIKEYS_XENTREE_TOKEN: "canary-token" };
    const { exitCode, stdout, stderr } = await list(["--connection", "xentree"], env);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^Xentree did not list API keys \(connection "xentree"\): HTTP 401: .*\n$/);
    expect(stderr).not.toContain("canary");
  });

  it.each([
    [[], /^--connection is missing/],
    [
      ["--connection", "xentree", "--service", "xentree", "--definition", "a"],
      /^--service and --definition exclude/,
    ],
    [["--connection", "xentree", "--parent", "team"], /^--parent is "team", but has to be <name>=<value>\./],
    [
      ["--connection", "prod"],
      /^Connection "prod" does not tell its service: add --service <name> \(xentree,/,
    ],
    [
      ["--connection", "prod", "--service", "xentre"],
      /^There is no service "xentre"\. Did you mean "xentree"\?/,
    ],
    [
      ["--connection", "prod", "--definition", "none.json"],
      /^none\.json cannot be read: there is no such file\. /,
    ],
    [["--connection", "prod", "--definition", "README.md"], /^README\.md is no JSON: /],
    [["--connection", "prod", "--definition", "package.json"], /^The service definition has mistakes: /],
    [
      ["--connection", "applications"],
      /^Applications API takes --parent applicationId=<value>: applicationId is missing: say where the keys belong\./,
    ],
    [
      ["--connection", "xentree", "--parent", "name=ci"],
      /^Xentree takes no --parent: name is no argument of it\./,
    ],
  ])("%j sends nothing, says why in a sentence and exits with 2", async (args, sentence) => {
    const { exitCode, stdout, stderr } = await list(args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/Try: pulumi-apikeys list --help\n$/);
    expect(sandbox().journal.entries()).toEqual([]);
  });
});
