import { readFileSync } from "node:fs";
import path from "node:path";
import { xentree } from "../../../provider/definition/builtin/xentree";
import type { SandboxKey, VendorName } from "../../../sandbox";
import { connectionsOf } from "../../support/engine/vendors";
import { FakePulumi } from "../../support/process/fakePulumi";
import { useSandbox } from "../../support/vendor/sandbox";

const day = 86_400_000;
const { sandbox } = useSandbox({ now: () => Date.now() });
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString();
const type = "pulumi-nodejs:dynamic/apikeys:ApiKey";

describe("pulumi-apikeys audit", () => {
  let pulumi: FakePulumi;
  beforeEach(() => {
    pulumi = new FakePulumi();
  });
  afterEach(() => pulumi.remove());

  const audit = (args: string[] = [], env: NodeJS.ProcessEnv = {}) =>
    pulumi.run(["audit", ...args], { ...connectionsOf(sandbox()), ...env });
  const auditJson = async (args: string[] = []) => JSON.parse((await audit(["--json", ...args])).stdout);
  /** What is said of each key, by its id. */
  const found = async (args: string[] = []): Promise<Record<string, string>> => {
    const { keys } = await auditJson(args);
    return Object.fromEntries(
      keys.map(
        ({ key, ownership, findings }: { key: { keyId: string }; ownership: string; findings: string[] }) => [
          key.keyId,
          [ownership, ...findings].join(),
        ],
      ),
    );
  };
  const colleagues = (fields: object, vendor: VendorName = "xentree") =>
    sandbox().createOutOfBand(vendor, { name: "ci", ...fields });
  /** A resource of the state. */
  const resource = (
    name: string,
    { id, name: called, createdAt }: SandboxKey,
    more: object = {},
    flags = {},
  ) => ({
    urn: `urn:pulumi:dev::project::${type}::${name}`,
    type,
    outputs: {
      service: "xentree",
      connection: "xentree",
      origin: sandbox().url,
      keyId: id,
      name: called,
      createdAt,
      tenantId: "34f5c98e-f430-457b-a812-92637d0c6fd0",
      ...more,
    },
    ...flags,
  });
  const stackHas = (...resources: object[]) => {
    const root = {
      urn: "urn:pulumi:dev::project::pulumi:pulumi:Stack::project-dev",
      type: "pulumi:pulumi:Stack",
    };
    pulumi.has({ state: { deployment: { resources: [root, ...resources] } } });
  };

  it("finds nothing when all keys of the stack work and the vendor has no others", async () => {
    stackHas(resource("ci", colleagues({})));
    const { exitCode, stdout, stderr } = await audit();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^Xentree keys \(connection "xentree"\):\nID .* RESOURCE +FINDINGS\n.* ci +-\n\n1 key: 1 managed\.\n$/,
    );
  });

  it("tells managed, unmanaged and missing keys apart, and each key's condition", async () => {
    const old = { created_at: daysAgo(200) };
    const soon = new Date(Date.now() + 5 * day).toISOString();
    const managed = {
      fine: colleagues({}),
      revoked: colleagues({ is_active: false }),
      expired: colleagues({ expires_at: daysAgo(1) }),
      expiring: colleagues({ expires_at: soon }),
      unused: colleagues({ ...old, last_used_at: daysAgo(100) }),
      used: colleagues({ ...old, last_used_at: daysAgo(10) }),
      never: colleagues(old),
      missing: colleagues({}),
    };
    sandbox().revokeOutOfBand("xentree", managed.missing.id);
    const theirs = {
      fine: colleagues({}),
      never: colleagues(old),
      revoked: colleagues({ is_active: false }),
      expired: colleagues({ expires_at: daysAgo(1) }),
    };
    stackHas(...Object.entries(managed).map(([name, key]) => resource(name, key)));
    expect(await found()).toEqual({
      [managed.fine.id]: "managed",
      [managed.revoked.id]: "managed,revoked",
      [managed.expired.id]: "managed,expired",
      [managed.expiring.id]: "managed,expiring",
      [managed.unused.id]: "managed,unused",
      [managed.used.id]: "managed",
      [managed.never.id]: "managed,never-used",
      [managed.missing.id]: "missing,missing",
      [theirs.fine.id]: "unmanaged,unmanaged",
      [theirs.never.id]: "unmanaged,unmanaged,never-used",
      [theirs.revoked.id]: "unmanaged",
      [theirs.expired.id]: "unmanaged",
    });
    expect(await found(["--expiring-within", "4d", "--unused-for", "9d"])).toMatchObject({
      [managed.expiring.id]: "managed",
      [managed.used.id]: "managed,unused",
    });
    const { exitCode, stdout, stderr } = await audit();
    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      "The audit fails: 2 unmanaged, 1 missing, 1 revoked, 1 expired. Adopt, revoke or renew these keys.\n",
    );
    expect(stdout).toMatch(/\n\n12 keys: 7 managed, 4 unmanaged, 1 missing\.\n$/);
    // The state does not tell what only the vendor could.
    expect(stdout).toMatch(new RegExp(`^${managed.missing.id} .* +- +- +missing +missing$`, "m"));
    for (const { value } of sandbox().keys("xentree")) expect(stdout).not.toContain(value);
  });

  /** Xentree as a user's own definition, under two texts; its list does not tell when keys expire. */
  const texts = ["https://one.example", "https://two.example"].map((docs) => ({
    ...xentree,
    docs,
    name: "own",
    fields: { ...xentree.fields, expiresAt: { type: "instant", input: "optional", writeOnly: true } },
  }));
  const own = (name: string, key: SandboxKey, definition: object | undefined, more = {}) =>
    resource(name, key, { service: "own", definition, ...more });

  it("knows its keys by their place, also where the state has two texts of one definition", async () => {
    const [one, two] = [colleagues({}), colleagues({})];
    stackHas(own("one", one, texts[0]), own("two", two, texts[1]));
    expect(await found()).toEqual({ [one.id]: "managed", [two.id]: "managed" });
  });

  it.each<[string, object]>([
    ["lists its keys at another path", { list: { method: "GET", path: "/api/admin/all-keys" } }],
    ["has no list", { list: null, get: { path: "/api/admin/api-keys/{keyId}" } }],
  ])("calls no key of the stack unmanaged where another text of the definition %s", async (_, operations) => {
    const [one, two, theirs] = [colleagues({}), colleagues({}), colleagues({})];
    const older = { ...texts[0], operations: { ...xentree.operations, ...operations } };
    stackHas(own("one", one, older), own("two", two, texts[1]));
    expect(await found()).toMatchObject({
      [one.id]: "managed",
      [two.id]: "managed",
      [theirs.id]: "unmanaged,unmanaged",
    });
  });

  it("calls no key of the stack unmanaged where another text writes out what is a parameter of the other", async () => {
    const [one, two] = [colleagues({}), colleagues({})];
    const general = JSON.stringify(texts[0]).replaceAll("/admin/api-keys", "/{area}/api-keys");
    const older = { ...JSON.parse(general), pathParameters: { area: {} } };
    stackHas(own("one", one, older, { area: "admin" }), own("two", two, texts[1]));
    expect(await found()).toEqual({ [one.id]: "managed", [two.id]: "managed" });
  });

  it("does not call a stranger's key managed that got the id of ours", async () => {
    const key = colleagues({});
    const definition = { ...texts[0], reusesIds: true };
    stackHas(own("one", key, definition, { createdAt: daysAgo(30) }));
    const { keys } = await auditJson();
    expect(keys.map(({ ownership }: { ownership: string }) => ownership)).toEqual(["unmanaged", "missing"]);
  });

  it("calls no key of the stack unmanaged whose own place is not known", async () => {
    const [one, two] = [colleagues({}), colleagues({})];
    stackHas(own("one", one, texts[0], { origin: "https://elsewhere.example" }), own("two", two, texts[1]));
    expect(await found()).toEqual({ [one.id]: "managed", [two.id]: "managed" });
  });

  it("says that a list was cut where it shows as many keys as it ever does, and exits with 1", async () => {
    const [one, two] = [colleagues({}), colleagues({})];
    const capped = (cap: number) => {
      const { operations } = xentree;
      return {
        ...xentree,
        name: "own",
        operations: { ...operations, list: { ...operations.list, completeness: { cap } } },
      };
    };
    stackHas(own("one", one, capped(3)));
    expect((await audit(["--fail-on", "none"])).exitCode).toBe(0);
    stackHas(own("one", one, capped(2)));
    const { exitCode, stdout, stderr } = await audit(["--fail-on", "none"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("2 keys: 1 managed, 1 unmanaged.");
    expect(stdout).toContain(two.id);
    expect(stderr).toMatch(
      /^The list of Xentree keys .* is full with 2 keys, which is all that it ever shows/,
    );
  });

  it("knows a key that the stack has through another connection to the same server, and shows each once", async () => {
    const [one, two, theirs] = [colleagues({}), colleagues({}), colleagues({})];
    stackHas(resource("one", one), resource("two", two, { connection: "second" }));
    const { token } = sandbox().credentials.xentree;
    const { stdout } = await audit(["--json"], {
      APIKEYS_SECOND_TOKEN: token,
      APIKEYS_SECOND_BASE_URL: sandbox().url,
    });
    const { keys } = JSON.parse(stdout) as {
      keys: { key: { keyId: string }; connection: string; ownership: string }[];
    };
    expect(keys.map(({ key, connection, ownership }) => [key.keyId, connection, ownership]).sort()).toEqual(
      [
        [one.id, "xentree", "managed"],
        [two.id, "second", "managed"],
        [theirs.id, "xentree", "unmanaged"],
      ].sort(),
    );
  });

  it("goes by the state's date where the vendor does not tell one, and never says never", async () => {
    const [dated, undated] = [colleagues({}), colleagues({})];
    const expiresAt = new Date(Date.now() + 5 * day).toISOString();
    stackHas(own("dated", dated, texts[0], { expiresAt }), own("undated", undated, texts[0]));
    expect(await found()).toEqual({ [dated.id]: "managed,expiring", [undated.id]: "managed" });
    const { stdout } = await audit();
    expect(stdout).toMatch(new RegExp(`^${dated.id} .* ${expiresAt.slice(0, 10)}T`, "m"));
    expect(stdout).toMatch(new RegExp(`^${undated.id} .* - +never +undated`, "m"));
  });

  it("fails for a key that was rotated at the vendor", async () => {
    const [shown, noted] = [colleagues({}), colleagues({})];
    stackHas(
      resource("shown", shown, { prefix: "xntr-another" }),
      resource("noted", noted, { status: "rotated" }),
    );
    expect(await found()).toEqual({ [shown.id]: "managed,rotated", [noted.id]: "managed,rotated" });
    expect((await audit()).exitCode).toBe(3);
  });

  it("counts the previous key of a rotation with overlap as managed, also when it has come to its end", async () => {
    const [current, previous] = [
      colleagues({}),
      colleagues({ expires_at: daysAgo(1), created_at: daysAgo(200) }),
    ];
    stackHas(resource("ci", current, { previousKeyId: previous.id, prefix: current.prefix }));
    expect(await found()).toEqual({ [current.id]: "managed", [previous.id]: "managed" });
    expect((await audit()).stdout).toMatch(/ ci \(previous\) +-\n/);
    sandbox().revokeOutOfBand("xentree", previous.id);
    expect(await found()).toMatchObject({ [previous.id]: "missing,missing" });
  });

  it("does not report a key that the next up revokes or creates again", async () => {
    const [replaced, gone] = [colleagues({ expires_at: daysAgo(1) }), colleagues({})];
    sandbox().revokeOutOfBand("xentree", gone.id);
    stackHas(
      resource("replaced", replaced, {}, { delete: true }),
      resource("gone", gone, {}, { pendingReplacement: true }),
    );
    expect(await found()).toEqual({ [replaced.id]: "managed" });
    expect((await audit()).exitCode).toBe(0);
  });

  it("lists every place once, and reports each by itself", async () => {
    const { applicationId, otherApplicationId } = sandbox().credentials.applications;
    const service = { service: "applications", connection: "applications" };
    const place = (parent: string) => {
      const key = colleagues({ applicationId: parent }, "applications");
      return resource("app", key, { ...service, applicationId: parent });
    };
    const { workspaceId } = sandbox().credentials.sendkit;
    const mail = resource("mail", colleagues({}, "sendkit"), {
      service: "sendkit",
      connection: "sendkit",
      workspaceId,
    });
    stackHas(place(applicationId), place(applicationId), place(otherApplicationId), mail);
    const { exitCode, stdout } = await audit();
    expect(exitCode).toBe(0);
    expect(stdout.match(/^\S.* keys \(.*$/gm)).toEqual([
      `Applications API keys (connection "applications", applicationId ${applicationId}):`,
      `Applications API keys (connection "applications", applicationId ${otherApplicationId}):`,
      `SendKit keys (connection "sendkit", workspaceId ${workspaceId}):`,
    ]);
    expect(sandbox().journal.count({ method: "GET" })).toBe(3);
  });

  it("reports a singleton's newer key as unmanaged, and the recorded one as missing", async () => {
    const { workspaceId } = sandbox().credentials.sendkit;
    const ours = colleagues({}, "sendkit");
    const theirs = colleagues({ replace: true }, "sendkit");
    stackHas(resource("mail", ours, { service: "sendkit", connection: "sendkit", workspaceId }));
    expect(await found()).toEqual({ [theirs.id]: "unmanaged,unmanaged", [ours.id]: "missing,missing" });
  });

  it("concludes nothing from another tenant's list, and shows none of it", async () => {
    stackHas(resource("ci", colleagues({})));
    const { otherTenantToken } = sandbox().credentials.xentree;
    const { exitCode, stdout, stderr } = await audit([], { APIKEYS_XENTREE_TOKEN: otherTenantToken });
    expect(exitCode).toBe(1);
    expect(stdout).toBe("0 keys.\n");
    expect(stderr).toMatch(/^The Xentree key "ci" belongs to tenant .* proves nothing\./);
  });

  it("reports what it could list, says in sentences what it could not, and exits with 1", async () => {
    const ci = colleagues({});
    const { applicationId } = sandbox().credentials.applications;
    const app = resource("app", colleagues({}, "applications"), {
      ...{ service: "applications", connection: "applications", applicationId },
    });
    const hidden = resource("hidden", colleagues({}, "applications"), {
      ...{ service: "applications", connection: "applications", applicationId: { ciphertext: "v1:x" } },
    });
    const moved = resource("moved", ci, { origin: "https://elsewhere.example" });
    stackHas(resource("ci", ci), app, hidden, moved);
    sandbox().rotateCredentialsOutOfBand("applications");
    const { exitCode, stdout, stderr } = await audit(["--json"], {
      APIKEYS_APPLICATIONS_TOKEN: "canary-token",
    });
    expect(exitCode).toBe(1);
    const { keys, failures } = JSON.parse(stdout);
    expect(keys).toMatchObject([{ ownership: "managed", key: { keyId: ci.id } }]);
    expect(failures).toEqual([
      expect.stringMatching(/^hidden: Its applicationId is a secret of the stack/),
      expect.stringMatching(/^moved: The Xentree key "ci" was created at https:\/\/elsewhere\.example/),
      expect.stringMatching(/^Applications API did not list API keys .*HTTP 401/),
    ]);
    expect(stderr).toBe(`${failures.join("\n")}\n`);
    expect(stderr + stdout).not.toContain("canary");
  });

  it("fails for the findings that --fail-on names, or for none", async () => {
    const soon = new Date(Date.now() + 5 * day).toISOString();
    stackHas(resource("ci", colleagues({ expires_at: soon })));
    colleagues({});
    expect((await audit()).exitCode).toBe(3);
    expect((await audit(["--fail-on", "missing, expiring"])).stderr).toMatch(
      /^The audit fails: 1 expiring\./,
    );
    expect((await audit(["--fail-on", "missing,revoked"])).exitCode).toBe(0);
    expect((await audit(["--fail-on", "none"])).exitCode).toBe(0);
  });

  it("prints the format that is asked for, and nothing else on standard output", async () => {
    const ci = colleagues({ expires_at: new Date(Date.now() + 5 * day).toISOString() });
    stackHas(resource("ci", ci));
    const { exitCode, stdout } = await audit(["--format", "prometheus"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^# HELP apikeys_key_age_days /);
    expect(stdout).toMatch(
      /^apikeys_key_expiry_days\{service="xentree",.*stack="dev",resource="ci",.*\} (5|4\.999)$/m,
    );
  });

  it("writes the page of --html beside what it prints, or says why it cannot", async () => {
    const ci = colleagues({});
    stackHas(resource("ci", ci));
    const file = pulumi.write("report.html", "");
    const { exitCode, stdout } = await audit(["--html", file]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/1 key: 1 managed\.\n$/);
    const page = readFileSync(file, "utf8");
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain(ci.id);
    expect(page).not.toContain(ci.value);
    const failed = await audit(["--html", path.join(file, "none")]);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toBe(stdout);
    expect(failed.stderr).toMatch(/^The report cannot be written to ".*none": ENOTDIR/);
  });

  it("sends nothing for a stack without keys", async () => {
    stackHas();
    const { exitCode, stdout } = await audit();
    expect([exitCode, stdout]).toEqual([0, "This stack has no API keys, so there is nothing to compare.\n"]);
    expect(await auditJson()).toMatchObject({ keys: [], failures: [] });
    expect(sandbox().journal.entries()).toEqual([]);
  });

  it.each([
    [
      ["--fail-on", "unmanged"],
      /^--fail-on names "unmanged", which is no finding\. Did you mean unmanaged\?/,
    ],
    [["--unused-for", "long"], /^--unused-for is "long", but has to be a whole number and a unit/],
    [["--expiring-within", "14"], /^--expiring-within is "14", but has to be/],
    [["--format", "serif"], /^--format is "serif", which is no format\. Did you mean sarif\?/],
    [["--json", "--format", "junit"], /^--json and --format junit exclude each other\./],
  ])("%j does nothing, says why in a sentence and exits with 2", async (args, sentence) => {
    const { exitCode, stdout, stderr } = await audit(args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
  });
});
