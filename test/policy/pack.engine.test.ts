import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import { type PolicyPack, writePolicyPack } from "../support/engine/policyPack";
import { liveKeys } from "../support/engine/vendors";
import { argsOf, broken, configuration, sound, type Violation } from "./violations";

const hosts = [
  { host: "pulumi-apikeys", suffix: "" },
  { host: "pulumi-apikeys/plugin", suffix: "AtPlugin" },
];

/** What is printed of the key of the second host, whose value is in an output of another name. */
function atPlugin(prints: string, output: string | undefined): string {
  return output === undefined ? prints : prints.replace(`"${output}"`, `"${output}AtPlugin"`);
}

/** A program with these keys at either host, and with their values in plain outputs where they have one. */
function programOf(violations: readonly Violation[]): string {
  const keys = hosts.flatMap(({ host, suffix }) =>
    violations.map((violation) => {
      const { name, service = "xentree", options = {}, output } = violation;
      const given = [name, argsOf(violation), options].map((part) => JSON.stringify(part));
      const key = `new (require("${host}").${service}.ApiKey)(${given.join(", ")})`;
      return output === undefined ? `${key};` : `exports.${output}${suffix} = pulumi.unsecret(${key}.value);`;
    }),
  );
  return [`const pulumi = require("@pulumi/pulumi");`, ...keys].join("\n");
}

const violations = Object.values(broken);

describe("a program with one violation of each rule", () => {
  const at = useStack("suite", () => programOf(violations.filter(({ output }) => output)));

  const refused = async (...args: string[]) => {
    const { exitCode, output } = await at.stack.pulumi([...args, "--suppress-outputs"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    for (const { value } of at.sandbox.keys("xentree")) expect(output).not.toContain(value);
    return output.split("\n").map((line) => line.trim());
  };
  let pack: PolicyPack;
  beforeAll(() => {
    pack = writePolicyPack(at.stack);
  });

  it("is refused by an update that shows a value in an output: that it is plain is known with the value", async () => {
    const said = await refused("up", "--yes", "--skip-preview", ...pack.args());
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(hosts.length);
    expect(said).toContain(broken["api-key-value-not-plain-output"].prints);
  });

  it("is refused by a preview with a sentence for each, at either host", async () => {
    at.stack.setProgram(programOf([...violations, { name: "sound", args: sound, prints: "" }]));
    const said = await refused("preview", ...pack.args(configuration));
    const times = ({ prints, output }: Violation) =>
      said.filter((line) => line === prints || line === atPlugin(prints, output)).length;
    expect(violations.map((violation) => [violation.prints, times(violation)])).toEqual(
      violations.map(({ prints }) => [prints, hosts.length]),
    );
    expect(said.join("\n")).not.toContain(`key "sound" breaks`);
  });
});

describe("the quickstart", () => {
  const at = useStack("suite", () => (dir) => {
    copyFileSync(path.join(repository, "examples/quickstart/index.ts"), path.join(dir, "index.ts"));
    const project = readFileSync(path.join(repository, "Pulumi.yaml"), "utf8");
    writeFileSync(path.join(dir, "Pulumi.yaml"), project.replace(/^main: .*$/m, "main: index.ts"));
  });

  it("passes the pack at its defaults, with the values in outputs that are secrets", async () => {
    const { output } = await at.stack.up("--skip-preview", ...writePolicyPack(at.stack).args());
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(1);
    expect(output).toContain("keys@v1.0.0");
    expect(output).not.toContain("[mandatory]");
    const said = [...output.matchAll(/key "(\w+)" breaks ([\w-]+)/g)].map(
      ([, key, rule]) => `${key} ${rule}`,
    );
    expect(said.sort()).toEqual(["ci api-key-allowed-addresses", "mailer api-key-renewed-by-time"]);
  });
});
