import { execFile } from "node:child_process";
import path from "node:path";
import { repository } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import { requests } from "../support/engine/vendors";

/** Looks twice, once for what is there already and once for a key of its own. */
const program = `
  const { xentree } = require("pulumi-apikeys");
  const key = new xentree.ApiKey("ci", { name: "ours", rotation: { every: "30d", overlap: "7d" } });
  module.exports = async () => ({
    theirs: (await xentree.getApiKeys({ name: "theirs" })).map(({ keyId, lastUsedAt }) => ({ keyId, lastUsedAt })),
    ours: xentree.getApiKeyOutput({ keyId: key.keyId }).name,
    after: xentree.getApiKeysOutput({ active: true }, { dependsOn: key }).length,
  });`;

describe("a program that looks at keys", () => {
  const at = useStack("test", () => program);

  it("sees them in a preview as well, those that it creates once they are there, and ends by itself", async () => {
    const { id } = at.sandbox.createOutOfBand("xentree", {
      name: "theirs",
      last_used_at: "2026-01-02T03:04:05Z",
    });
    expect((await at.stack.preview()).output).toContain(id);
    // What hangs on a key that is not there yet is not known yet, and is not looked for.
    expect(requests(at.sandbox)).toEqual(["GET /api/admin/api-keys"]);

    await at.stack.up("--skip-preview");
    expect(await at.stack.outputs()).toEqual({
      theirs: [{ keyId: id, lastUsedAt: "2026-01-02T03:04:05Z" }],
      ours: "ours",
      after: 2,
    });
    const values = at.sandbox.keys("xentree").map(({ value }) => value);
    const state = JSON.stringify(await at.stack.exportState());
    for (const value of values) expect(state).not.toContain(value);
  });

  it("takes its connection from stack config, secrets included", async () => {
    const prod = "apikeys:connections.prod";
    const { username, password } = at.sandbox.credentials.xentree;
    await at.stack.setConfig(
      { [`${prod}.baseUrl`]: at.sandbox.url, [`${prod}.username`]: username },
      "plaintext",
    );
    await at.stack.setConfig({ [`${prod}.password`]: password }, "secret");
    at.stack.setProgram(`
      const { xentree } = require("pulumi-apikeys");
      exports.count = xentree.getApiKeysOutput({ connection: "prod" }).length;`);
    await at.stack.up("--skip-preview");
    expect(await at.stack.outputs()).toEqual({ count: 0 });
  });

  it.each([
    [
      "awaited",
      `module.exports = async () => ({ keys: await xentree.getApiKeys() });`,
      "getApiKeys: Xentree did not list",
    ],
    ["an output", `exports.keys = xentree.getApiKeysOutput();`, "getApiKeys: Xentree did not list"],
  ])(
    "fails in a sentence, without a stack or a credential, where the look is %s",
    async (_, look, sentence) => {
      at.stack.setEnv({ APIKEYS_XENTREE_TOKEN: "canary-token-0123456789" });
      at.stack.setProgram(`const { xentree } = require("pulumi-apikeys");\n${look}`);
      const { exitCode, output } = await at.stack.pulumi(["up", "--yes", "--skip-preview"], {
        allowFailure: true,
      });
      expect(exitCode).not.toBe(0);
      expect(output).toContain(`error: xentree.${sentence} API keys (connection "xentree"): HTTP 401`);
      expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/);
      expect(output).not.toContain("canary");
    },
  );

  it("has its keys audited and listed by the command line", async () => {
    const run = (...args: string[]) =>
      new Promise<{ exitCode: number; stdout: string }>((resolve) => {
        const cli = path.join(repository, "dist", "cli", "main.js");
        execFile(
          process.execPath,
          [cli, ...args],
          { cwd: at.stack.dir, env: at.stack.env },
          (error, stdout) => resolve({ exitCode: error === null ? 0 : Number(error.code), stdout }),
        );
      });
    await at.stack.up("--skip-preview");
    expect(await run("audit")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/\n1 key: 1 managed\.\n$/),
    });
    const { id } = at.sandbox.createOutOfBand("xentree", { name: "theirs" });
    const [ours] = at.sandbox.keys("xentree");
    at.sandbox.revokeOutOfBand("xentree", String(ours?.id));
    const { exitCode, stdout } = await run("audit", "--json", "--stack", "dev");
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).keys).toMatchObject([
      { ownership: "unmanaged", findings: ["unmanaged"], key: { keyId: id } },
      { ownership: "missing", findings: ["missing"], key: { keyId: ours?.id, name: "ours" } },
    ]);
    expect((await run("list", "--connection", "xentree")).stdout).toContain(id);
  });
});
