import { RunError } from "@pulumi/pulumi";
import { nearestHint } from "../provider/base/words";
import { rules } from "./rules";
import type { Level, RuleName, RuleSettings } from "./settings";

/**
 * What one rule does: its level, or its level and its settings.
 *
 * @example
 * ```ts
 * import { apiKeysPolicies, type RuleOptions } from "pulumi-apikeys/policy";
 *
 * const atMost: RuleOptions<{ maxDays?: number }> = { enforcementLevel: "mandatory", maxDays: 90 };
 * export const policies = apiKeysPolicies({ "api-key-lifetime": atMost });
 * ```
 */
export type RuleOptions<Settings> = Level | ({ readonly enforcementLevel?: Level } & Partial<Settings>);

/**
 * What the rules do where `--policy-pack-config` says nothing else, by the rules' names. docs/policy.md has them all.
 *
 * @example
 * ```ts
 * import { type ApiKeysPolicyOptions, apiKeysPolicies } from "pulumi-apikeys/policy";
 *
 * const options: ApiKeysPolicyOptions = { all: "mandatory", "api-key-renewed-by-time": "advisory" };
 * export const policies = apiKeysPolicies(options);
 * ```
 */
export type ApiKeysPolicyOptions = {
  /** The level of each rule that has none of its own here. Default: each rule's own default. */
  readonly all?: Level;
} & { readonly [Name in RuleName]?: RuleOptions<RuleSettings[Name]> };

/** A rule's level, and what is said of its settings. */
export interface ReadOptions {
  readonly level: Level;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the options say of one rule. */
export function readOptions(
  { name, level }: { readonly name: RuleName; readonly level: Level },
  options: ApiKeysPolicyOptions,
): ReadOptions {
  const own = options[name];
  const given = typeof own === "string" ? { enforcementLevel: own } : (own ?? {});
  const { enforcementLevel, ...settings }: { readonly enforcementLevel?: Level } = given;
  return { level: enforcementLevel ?? options.all ?? level, settings };
}

/**
 * Programs in JavaScript have no compiler that finds a wrong name, and a rule that is not there keeps nothing out.
 *
 * @throws {RunError} in a sentence
 */
export function checkOptions(options: ApiKeysPolicyOptions): void {
  const names = ["all", ...rules.map(({ name }) => name)];
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new RunError(wrongName("rule", unknown, names, "apiKeysPolicies"));
  for (const rule of rules) {
    const settings = Object.keys(rule.settings);
    const wrong = Object.keys(readOptions(rule, options).settings).find((name) => !settings.includes(name));
    if (wrong !== undefined) throw new RunError(wrongName("setting", wrong, settings, rule.name));
  }
}

function wrongName(what: string, name: string, names: readonly string[], of: string): string {
  const hint = nearestHint(name, names) || `. There are: ${names.join(", ") || "none"}.`;
  return `${of} has no ${what} ${JSON.stringify(name)}${hint}`;
}
