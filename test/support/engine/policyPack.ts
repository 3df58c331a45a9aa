import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./environment";
import type { TestStack } from "./stack";

/** A policy pack of the rules for API keys, in a stack's folder. */
export interface PolicyPack {
  /**
   * The arguments with which the CLI applies it.
   *
   * @param configuration as users of Pulumi write it. Default: none
   */
  args(configuration?: object): string[];
}

export function writePolicyPack({ dir }: TestStack): PolicyPack {
  const folder = path.join(dir, "policy-pack");
  mkdirSync(folder);
  const write = (file: string, text: string) => {
    writeFileSync(path.join(folder, file), text);
    return path.join(folder, file);
  };
  write("PulumiPolicy.yaml", "runtime: nodejs\n");
  write("package.json", JSON.stringify({ name: "keys", private: true, version: "1.0.0" }));
  write("index.js", program);
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
  const configured = (configuration: object) => [
    "--policy-pack-config",
    write("configuration.json", JSON.stringify(configuration)),
  ];
  return {
    args: (configuration) => ["--policy-pack", folder, ...(configuration ? configured(configuration) : [])],
  };
}

const program = `
  const { PolicyPack } = require("@pulumi/policy");
  const { apiKeysPolicies } = require("pulumi-apikeys/policy");
  new PolicyPack("keys", { policies: apiKeysPolicies() });`;
