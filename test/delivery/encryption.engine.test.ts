import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { useStack } from "../support/engine/fixture";
import { builtFromGo } from "../support/stores/installed";

const run = promisify(execFile);
const hasGpg = (() => {
  try {
    execFileSync("gpg", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe("encryptedValue, without the value in state,", () => {
  const fixture = useStack("suite");
  const scratch = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-seal-"));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const program = (recipients: readonly string[]) => `
    const { xentree } = require("pulumi-apikeys");
    exports.sealed = new xentree.ApiKey("ci", {
      permissions: ["chat:read"], valueInState: false, encryptTo: ${JSON.stringify(recipients)},
    }).encryptedValue;`;
  const sealed = async (recipients: readonly string[]) => {
    fixture.stack.setProgram(program(recipients));
    await fixture.stack.pulumi(["up", "--yes", "--skip-preview"]);
    const { stdout } = await fixture.stack.pulumi(["stack", "output", "sealed"]);
    const file = path.join(scratch, "value.asc");
    writeFileSync(file, stdout);
    return file;
  };
  const value = () => fixture.sandbox.keys("xentree").find((key) => key.live)?.value;
  const state = async () => (await fixture.stack.pulumi(["stack", "export", "--show-secrets"])).stdout;

  it("is read by the holder of an age identity, with age itself", async () => {
    const age = await builtFromGo("filippo.io/age", "v1.2.1", ["age", "age-keygen"]);
    const identity = path.join(scratch, "identity.txt");
    await run(path.join(age, "age-keygen"), ["-o", identity]);
    const { stdout: recipient } = await run(path.join(age, "age-keygen"), ["-y", identity]);
    const file = await sealed([recipient.trim()]);
    const { stdout } = await run(path.join(age, "age"), ["--decrypt", "--identity", identity, file]);
    expect(stdout).toBe(value());
    expect(await state()).not.toContain(value());
  });

  (hasGpg ? it : it.skip)("is read by the holder of an OpenPGP key, with GnuPG", async () => {
    const gpg = (...args: string[]) =>
      run("gpg", ["--homedir", scratch, "--batch", "--passphrase", "", ...args]);
    await gpg("--quick-generate-key", "ci@example.invalid", "default", "default", "1y");
    const { stdout: armored } = await gpg("--armor", "--export", "ci@example.invalid");
    const file = await sealed([armored]);
    expect((await gpg("--decrypt", file)).stdout).toBe(value());
    expect(await state()).not.toContain(value());
  });

  it("is refused for what is no recipient, before anything is asked of the vendor", async () => {
    fixture.stack.setProgram(program(["somebody@example.invalid"]));
    const { output, exitCode } = await fixture.stack.pulumi(["preview"], { allowFailure: true });
    expect([exitCode === 0, output]).toEqual([
      false,
      expect.stringContaining('encryptTo must name recipients: "age1…", or armored OpenPGP public keys'),
    ]);
  });
});
