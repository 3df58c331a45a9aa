import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/engine/stack";
import { connectionsOf, liveKeys, requests } from "../support/engine/vendors";

/** Every immutable argument of every vendor, with a first and a second value as JavaScript. */
const fields = (sandbox: Sandbox) => {
  const { xentree, applications, sendkit } = sandbox.credentials;
  const app = `applicationId: "${applications.applicationId}"`;
  return [
    ["xentree", "name", "", `"one"`, `"two"`],
    ["xentree", "permissions", "", `["a"]`, `["a", "b"]`],
    ["xentree", "rateLimitPerMinute", "", "60", "61"],
    ["xentree", "allowedIps", "", `["10.0.0.1"]`, `["10.0.0.2"]`],
    ["xentree", "expiresAt", "", `"2030-01-01T00:00:00Z"`, `"2031-01-01T00:00:00Z"`],
    ["xentree", "expiresIn", "", `"30d"`, `"60d"`],
    ["xentree", "organizationId", "", "undefined", `"${xentree.organizationId}"`],
    ["applications", "name", app, `"one"`, `"two"`],
    ["applications", "permissions", app, `["a"]`, `["b"]`],
    ["applications", "expiresAt", app, `"2030-01-01T00:00:00Z"`, `"2031-01-01T00:00:00Z"`],
    ["applications", "expiresIn", app, `"30d"`, `"60d"`],
    [
      "applications",
      "applicationId",
      "",
      `"${applications.applicationId}"`,
      `"${applications.otherApplicationId}"`,
    ],
    ["sendkit", "name", `workspaceId: "${sendkit.workspaceId}"`, `"one"`, `"two"`],
  ] as const;
};

describe("a change of an immutable argument", () => {
  let sandbox: Sandbox;
  let stack: TestStack;
  const program = (version: 3 | 4) =>
    `const apikeys = require("pulumi-apikeys");\n${fields(sandbox)
      .map(
        (field) =>
          `new apikeys.${field[0]}.ApiKey("${field[0]}-${field[1]}", { ${field[2] ? `${field[2]},` : ""} ${field[1]}: ${field[version]} });`,
      )
      .join("\n")}`;

  beforeAll(async () => {
    sandbox = await startSandbox();
    stack = await TestStack.create({ program: program(3), env: connectionsOf(sandbox) });
    await stack.up("--skip-preview");
    stack.setProgram(program(4));
  });
  afterAll(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  it("shows each as a replacement, with the field alone as the reason", async () => {
    const { output } = await stack.preview("--diff");
    expect(output).toContain(`${fields(sandbox).length} to replace`);
    for (const [vendor, name] of fields(sandbox)) {
      const section = output.split(`ApiKey::${vendor}-${name}]`)[1]?.split("[urn=")[0] ?? "";
      expect([vendor, name, section]).toEqual([
        vendor,
        name,
        expect.stringMatching(new RegExp(`[~+] ${name}\\s*:`)),
      ]);
      expect(section).not.toMatch(/^ *[-+~]+ value\b/m);
    }
  });

  it("creates each new key before it revokes the old one, but where a workspace can have only one", async () => {
    const olds = new Map(
      await Promise.all(
        fields(sandbox).map(
          async ([vendor, name]) =>
            [`${vendor}-${name}`, (await stack.resource(`${vendor}-${name}`)).id] as const,
        ),
      ),
    );
    sandbox.journal.clear();
    await stack.up("--skip-preview");

    const all = requests(sandbox);
    const [lastPost, firstDelete] = [
      all.findLastIndex((r) => /^POST \/api/.test(r)),
      all.findIndex((r) => /^DELETE \/api/.test(r)),
    ];
    expect(lastPost).toBeLessThan(firstDelete);
    const singleton = all.filter((r) => r.includes("/v1/workspaces/"));
    expect(singleton.map((r) => r.split(" ")[0])).toEqual(["GET", "DELETE", "GET", "POST"]);

    for (const [name, old] of olds) expect((await stack.resource(name)).id).not.toBe(old);
    expect(liveKeys(sandbox, "xentree")).toHaveLength(7);
    expect(liveKeys(sandbox, "applications")).toHaveLength(5);
    expect(liveKeys(sandbox, "sendkit")).toHaveLength(1);
  });

  it("leaves no key behind after destroy", async () => {
    await stack.destroy("--skip-preview");
    expect([
      ...liveKeys(sandbox, "xentree"),
      ...liveKeys(sandbox, "applications"),
      ...liveKeys(sandbox, "sendkit"),
    ]).toEqual([]);
  });
});
