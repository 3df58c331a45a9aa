import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import { policyPack } from "../support/engine/policyPack";
import { liveKeys } from "../support/engine/vendors";
import { argsOf, broken, configuration, sound, type Violation } from "./violations";

const hosts = ["pulumi-apikeys", "pulumi-apikeys/plugin"] as const;

/** A program with these keys at either host, and with their values in plain outputs where they have one. */
function programOf(violations: readonly Violation[]): string {
  const keys = hosts.flatMap((host, index) =>
    violations.map((violation) => {
      const { name, service = "xentree", options = {}, output } = violation;
      const given = [name, argsOf(violation), options].map((part) => JSON.stringify(part));
      const key = `new (require("${host}").${service}.ApiKey)(${given.join(", ")})`;
      const shown = output && `exports.${output}${index || ""} = pulumi.unsecret(${key}.value);`;
      return shown ?? `${key};`;
    }),
  );
  return [`const pulumi = require("@pulumi/pulumi");`, ...keys].join("\n");
}

const violations = Object.values(broken);

describe("a program with one violation of each rule", () => {
  const at = useStack("suite", () => programOf(violations.filter(({ output }) => output)));

  it("is refused by a preview with a sentence for each, at either host", async () => {
    // Whether an output is plain is known once the value is.
    await at.stack.up("--skip-preview");
    at.stack.setProgram(programOf([...violations, { name: "sound", args: sound, prints: "" }]));
    const pack = policyPack(at.stack, configuration);
    const { exitCode, output } = await at.stack.pulumi(["preview", ...pack], { allowFailure: true });
    expect(exitCode).not.toBe(0);
    const said = output.split("\n").map((line) => line.trim());
    const counts = violations.map(({ prints, output: shown }) => [
      prints,
      said.filter((line) => line === prints || (shown && line === prints.replace(shown, `${shown}1`))).length,
    ]);
    expect(counts).toEqual(violations.map(({ prints }) => [prints, hosts.length]));
    expect(output).not.toContain(`key "sound" breaks`);
    for (const { value } of at.sandbox.keys("xentree")) expect(output).not.toContain(value);
  });
});

describe("the quickstart", () => {
  const at = useStack("suite", () => (dir) => {
    copyFileSync(path.join(repository, "examples/quickstart/index.ts"), path.join(dir, "index.ts"));
    const project = readFileSync(path.join(repository, "Pulumi.yaml"), "utf8");
    writeFileSync(path.join(dir, "Pulumi.yaml"), project.replace(/^main: .*$/m, "main: index.ts"));
  });

  it("passes the pack at its defaults, with the values in outputs that are secrets", async () => {
    const { output } = await at.stack.up("--skip-preview", ...policyPack(at.stack));
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(1);
    expect(output).toContain("keys@v1.0.0");
    expect(output).not.toContain("[mandatory]");
    const said = [...output.matchAll(/key "(\w+)" breaks ([\w-]+)/g)].map(
      ([, key, rule]) => `${key} ${rule}`,
    );
    expect(said.sort()).toEqual(["ci api-key-allowed-addresses", "mailer api-key-renewed-by-time"]);
  });
});
