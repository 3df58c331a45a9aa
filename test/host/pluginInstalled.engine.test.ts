import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { version } from "../../package.json";
import { useStack } from "../support/engine/fixture";
import { command } from "../support/engine/interruption";
import { liveKeys, requests } from "../support/engine/vendors";

const program = `
  const { xentree } = require("pulumi-apikeys/plugin");
  exports.value = new xentree.ApiKey("ci", { permissions: ["chat:read"] }).value;`;

/** The text of a message, as README.md has it beside what to do. */
function answered(part: string): string {
  const rows = readFileSync("README.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  const messages = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text));
  const found = messages.find((text) => text.includes(part));
  if (found === undefined) throw new Error(`README.md has no message with "${part}".`);
  return found;
}

/** A home of Pulumi's in which nothing is installed. */
const homes: string[] = [];
function emptyHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-home-"));
  homes.push(home);
  return home;
}
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

describe("a program with pulumi-apikeys/plugin", () => {
  const at = useStack("suite", () => program);
  const stack = ["--stack", "organization/project/dev"];

  it("brings the plugin to an empty home, whatever other versions are there", async () => {
    const home = emptyHome();
    at.stack.setEnv({ PULUMI_HOME: home });
    for (const other of ["0.0.1", "99.0.0"]) {
      const folder = path.join(home, "plugins", `resource-apikeys-v${other}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, "pulumi-resource-apikeys"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    }
    expect((await at.stack.up(...stack)).output).toContain("apikeys:xentree:ApiKey ci created");
    expect(readdirSync(path.join(home, "plugins"))).toContain(`resource-apikeys-v${version}`);
    at.sandbox.journal.clear();
    expect((await at.stack.up(...stack)).output).toContain("2 unchanged");
    expect(requests(at.sandbox)).toEqual([]);
  });

  it("brings it to another empty home for a destroy that runs the program", async () => {
    at.stack.setEnv({ PULUMI_HOME: emptyHome() });
    const { output } = await at.stack.pulumi(["destroy", "--preview-only", "--run-program", ...stack]);
    expect(output).toContain("2 to delete");
  });

  it("cannot be destroyed where no program ran and nothing is installed, until `plugin install`", async () => {
    at.stack.setEnv({ PULUMI_HOME: emptyHome() });
    const { exitCode, output } = await at.stack.pulumi(["destroy", "--yes", ...stack], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain(answered("no resource plugin"));
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(1);
    expect(await command(at, "plugin", "install")).toContain("is installed in");
    await at.stack.destroy(...stack);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([]);
  });
});

describe("the installed plugin without Node.js", () => {
  const at = useStack("suite", () => program);

  it("says what it needs, beside what the engine says", async () => {
    await at.stack.up();
    const folder = path.join(String(at.stack.env.PULUMI_HOME), "plugins", `resource-apikeys-v${version}`);
    const launcher = path.join(folder, "pulumi-resource-apikeys");
    const text = readFileSync(launcher, "utf8");
    writeFileSync(launcher, text.replace(/^node=.*$/m, "node='/no/such/node'"));
    const engine = String(process.env.PULUMI_APIKEYS_ENGINE_BIN);
    at.stack.setEnv({ PATH: engine });
    const { exitCode, output } = await at.stack.pulumi(["destroy", "--yes"], { allowFailure: true });
    expect(exitCode).not.toBe(0);
    for (const message of ["exited prematurely", "always", "needs Node.js"])
      expect(output).toContain(answered(message));
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(1);
  });
});
