import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./environment";
import type { TestStack } from "./stack";

/**
 * Writes a policy pack "keys" of the rules for API keys into a stack's folder.
 *
 * @param configuration as users of Pulumi write it. Default: none
 * @returns the arguments with which the CLI applies it
 */
export function policyPack(stack: TestStack, configuration?: object): string[] {
  const folder = path.join(stack.dir, "policy-pack");
  mkdirSync(folder);
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  write("PulumiPolicy.yaml", "runtime: nodejs\n");
  write("package.json", JSON.stringify({ name: "keys", private: true, version: "1.0.0" }));
  write(
    "index.js",
    `const { PolicyPack } = require("@pulumi/policy");
const { apiKeysPolicies } = require("pulumi-apikeys/policy");
new PolicyPack("keys", { policies: apiKeysPolicies() });\n`,
  );
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
  const pack = ["--policy-pack", folder];
  if (configuration === undefined) return pack;
  write("configuration.json", JSON.stringify(configuration));
  return [...pack, "--policy-pack-config", path.join(folder, "configuration.json")];
}
