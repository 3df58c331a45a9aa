import { rules } from "../../policy/rules";
import type { KeyRule, Setting, StackRule } from "../../policy/rules/rule";
import type { RuleName } from "../../policy/settings";
import { resourceType } from "../../provider/base/resourceType";
import violations from "./violations.json";

/** A key that breaks one rule, and what the rule prints; docs/policy.md shows it. */
export interface Violation {
  readonly name: string;
  /** Default: xentree, with the arguments of a sound key beside its own. */
  readonly service?: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly options?: { readonly protect: boolean };
  /** The stack output that has its value in plain text. */
  readonly output?: string;
  readonly prints: string;
}

export const { configuration, sound } = violations;
export const broken: Readonly<Record<RuleName, Violation>> = violations.broken;

/** What the configuration says of a rule. */
export function configured(name: RuleName): object {
  const all: Readonly<Record<string, unknown>> = configuration;
  return Object(all[name]);
}

/** Settings of a rule as Pulumi hands them to it: the defaults, and what is configured. */
export function settingsOf(name: RuleName, given: object = {}): Record<string, unknown> {
  const { settings } = ruleOf(name);
  const defaults = Object.entries<Setting>(settings).flatMap(([setting, { default: value }]) =>
    value === undefined ? [] : [[setting, value]],
  );
  return { ...Object.fromEntries(defaults), ...given };
}

export function ruleOf(name: RuleName) {
  const found = rules.find((rule) => rule.name === name);
  if (!found) throw new Error(`There is no rule ${name}.`);
  return found as KeyRule<RuleName> | StackRule<RuleName>;
}

/** All arguments of a violation's key. */
export function argsOf({ service = "xentree", args }: Violation): Record<string, unknown> {
  return service === "xentree" ? { ...sound, ...args } : { ...args };
}

/** A key as a policy is shown one of the dynamic provider. */
export function shown(
  name: string,
  props: object,
  more: { type?: string; protect?: boolean; stack?: string } = {},
) {
  const { type = resourceType, protect = false, stack = "dev" } = more;
  const recorded = { service: "xentree", connection: "xentree", rotatedAt: "2026-11-01T00:00:00Z" };
  return {
    type,
    name,
    urn: `urn:pulumi:${stack}::project::${type}::${name}`,
    opts: { protect },
    props: { ...recorded, ...props },
  };
}
