import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Child, root } from "../support/process/child";

const canary = "canary-token-0123456789";
const state = {
  deployment: {
    pending_operations: [
      {
        type: "creating",
        resource: {
          urn: "urn:pulumi:dev::project::pulumi-nodejs:dynamic/apikeys:ApiKey::ci",
          type: "pulumi-nodejs:dynamic/apikeys:ApiKey",
          inputs: { service: "xentree", connection: "xentree", name: "ci-0a1b2c3", autonamed: true },
        },
      },
    ],
  },
};

describe("pulumi-apikeys recover, in trouble that nobody expected,", () => {
  let bin = "";
  beforeEach(() => {
    bin = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-bin-"));
  });
  afterEach(() => rmSync(bin, { recursive: true }));

  /** Runs it with a `pulumi` that prints this for each command. */
  const recover = async (printed: { stack: string; config: string }) => {
    const script = `#!/bin/sh\ncase "$1" in\nstack) cat <<'EOF'\n${printed.stack}\nEOF\n;;\nconfig) cat <<'EOF'\n${printed.config}\nEOF\n;;\nesac\n`;
    writeFileSync(path.join(bin, "pulumi"), script, { mode: 0o755 });
    const leaky = path.join(root, "test", "support", "engine", "leakyClient.js");
    const child = new Child("dist/cli/main.js", ["recover", "--yes"], {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH}`,
      NODE_OPTIONS: `--require ${leaky}`,
      CANARY: canary,
      APIKEYS_XENTREE_TOKEN: canary,
    });
    return { exitCode: await child.exit, output: child.stdout + child.stderr };
  };

  it("prints the stack of an unexpected error without the secret in it", async () => {
    const { exitCode, output } = await recover({ stack: JSON.stringify(state), config: "{}" });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/RangeError: thrown \[secret\]\n\s+at /);
    expect(output).not.toContain("canary");
  });

  it.each([
    ["stack export", { stack: `{"value": "${canary}`, config: "{}" }],
    ["config", { stack: JSON.stringify(state), config: `${canary}` }],
  ])("shows nothing of what `pulumi %s` printed instead of JSON", async (command, printed) => {
    const { exitCode, output } = await recover(printed);
    expect(exitCode).toBe(1);
    expect(output).toBe(`\`pulumi ${command}\` did not print JSON. Run it yourself to see why.\n`);
  });
});
