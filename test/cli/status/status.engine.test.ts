import { useStack } from "../../support/engine/fixture";
import { requests, vendorCaseOf } from "../../support/engine/vendors";
import { Child } from "../../support/process/child";

const { parent } = vendorCaseOf("applications");

describe("pulumi-apikeys status", () => {
  const at = useStack(
    "suite",
    (sandbox) => `
      const { applications, xentree } = require("pulumi-apikeys");
      const plugin = require("pulumi-apikeys/plugin");
      new xentree.ApiKey("ci", { rotation: { every: "30d", overlap: "7d" } });
      new xentree.ApiKey("laptop", {});
      new plugin.applications.ApiKey("app", { ${parent(sandbox)} expiresIn: "10d" });`,
  );
  beforeAll(() => at.stack.up());

  const status = async (...args: string[]) => {
    const { dir, env } = at.stack;
    const child = new Child("dist/cli/main.js", ["status", ...args], env, dir);
    const exitCode = await child.exit;
    return { exitCode, stdout: child.stdout, stderr: child.stderr };
  };

  it("tells of the keys of either host what is needed next, without a request and without credentials", async () => {
    const before = requests(at.sandbox).length;
    const { exitCode, stdout, stderr } = await status();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
      ["KEY", "SERVICE", "STATUS", "NEXT UP"],
      ["app", "applications", "active", "nothing"],
      ["ci", "xentree", "active", "nothing"],
      ["laptop", "xentree", "active", "nothing"],
      [""],
      [expect.stringMatching(/^The next `pulumi up` does nothing\. The first key needs something at /)],
      [""],
    ]);
    expect(stdout).toMatch(/^app .*\(in 10 days\): replaces it/m);
    expect(stdout).toMatch(/^ci .*\(in 30 days\): renews it with overlap/m);
    expect(stdout).toMatch(/^laptop .* never +-$/m);
    expect(requests(at.sandbox)).toHaveLength(before);
  });

  it("ends with 3 where something is due within the time that --watch-exit looks ahead", async () => {
    const { exitCode, stderr } = await status("--watch-exit");
    expect([exitCode, stderr]).toEqual([3, 'Something is due within 14d: API key "app".\n']);
    expect(await status("--watch-exit", "--within", "1d", "--json")).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
  });

  it("asks the vendors with --refresh, and leaves the state as it is", async () => {
    const [key] = at.sandbox.keys("xentree");
    if (key === undefined) throw new Error("There is no key.");
    at.sandbox.revokeOutOfBand("xentree", key.id);
    const state = JSON.stringify(await at.stack.exportState());
    const { exitCode, stdout } = await status("--refresh", "--json");
    expect(exitCode).toBe(0);
    const { keys, refreshed } = JSON.parse(stdout);
    expect(refreshed).toBe(true);
    expect(keys[0]).toMatchObject({ now: [{ does: "create", why: "it is gone at the vendor" }] });
    expect(keys.slice(1).map(({ now }: { now: unknown[] }) => now)).toEqual([[], []]);
    expect(JSON.stringify(await at.stack.exportState())).toBe(state);
    for (const { value } of at.sandbox.keys("xentree")) expect(stdout).not.toContain(value);
  });

  it.each([
    [["--within", "soon", "--watch-exit"], /^--within is "soon", but has to be a whole number and a unit/],
    [["--within", "7d"], /^--within says how far --watch-exit looks ahead, which is missing\./],
  ])("%j does nothing, says why in a sentence and exits with 2", async (args, sentence) => {
    const { exitCode, stdout, stderr } = await status(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
  });
});
