import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { TestStack } from "./stack";

/** A policy pack of the rules for API keys. */
export interface PolicyPack {
  /**
   * The arguments with which the CLI applies it.
   *
   * @param configuration as users of Pulumi write it. Default: none
   */
  args(configuration?: object): string[];
}

/** Writes a pack beside a stack's project, where it finds the libraries that are lent to the project. */
export function writePolicyPack({ dir }: TestStack): PolicyPack {
  const folder = path.join(dir, "..", "policy-pack");
  mkdirSync(folder);
  const write = (file: string, text: string) => {
    writeFileSync(path.join(folder, file), text);
    return path.join(folder, file);
  };
  write("PulumiPolicy.yaml", "runtime: nodejs\n");
  write("package.json", JSON.stringify({ name: "keys", private: true, version: "1.0.0" }));
  write("index.js", program);
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
