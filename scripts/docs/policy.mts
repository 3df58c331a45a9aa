import type { PolicyConfigSchema } from "@pulumi/policy";
import type { rules as Rules } from "../../policy/rules/index.ts";
import type { Violation } from "../../test/policy/violations.ts";

type Rule = (typeof Rules)[number];
type Setting = PolicyConfigSchema["properties"][string];

/** What test/policy holds the rules to, and what is said of them here. */
export interface Violations {
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly broken: Readonly<Record<string, Violation>>;
}

/** A line for each rule: what it wants, and how it is set unless configured. */
export function policyTable(rules: typeof Rules): string {
  const rows = rules.map((rule) => {
    const { name, description, level } = rule;
    return `| [\`${name}\`](#${name}) | ${level} | ${description} |`;
  });
  return ["| rule | by default | what it wants |", "| --- | --- | --- |", ...rows].join("\n");
}

/** A section for each rule: its settings, and a key that breaks it with what is printed. */
export function policySections(rules: typeof Rules, { configuration, broken }: Violations): string {
  return rules
    .map((rule) => {
      const violation = broken[rule.name];
      if (!violation) throw new Error(`test/policy/violations.json has no ${rule.name}.`);
      return [`### ${rule.name}`, ...settingsTable(rule), example(rule, violation, configuration)].join(
        "\n\n",
      );
    })
    .join("\n\n");
}

function settingsTable({ settings, name }: Rule): string[] {
  const rows = Object.entries<Setting>(settings).map(([setting, schema]) => {
    const value = schema.default === undefined ? "none" : `\`${JSON.stringify(schema.default)}\``;
    return `| \`${setting}\` | ${typeText(name, schema)} | ${value} | ${schema.description} |`;
  });
  if (rows.length === 0) return [];
  return [["| setting | takes | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n")];
}

const types: Readonly<Record<string, string>> = {
  integer: "whole number",
  string: "text",
  boolean: "true or false",
  array: "list of texts",
};

function typeText(rule: string, { type }: Setting): string {
  const text = types[String(type)];
  if (text === undefined) throw new Error(`The table has no word for a setting of ${rule}.`);
  return text;
}

function example(rule: Rule, violation: Violation, configuration: Violations["configuration"]): string {
  const configured = configuration[rule.name];
  const given = configured === undefined ? "" : ` under \`${JSON.stringify({ [rule.name]: configured })}\``;
  return [`${programOf(violation)}\n`, `prints${given}:\n`, `> ${violation.prints}`].join("\n");
}

function programOf({ name, service = "xentree", args, options, output }: Violation): string {
  const given = [JSON.stringify(name), literal(args), ...(options ? [literal(options)] : [])].join(", ");
  const key = `new ${service}.ApiKey(${given})`;
  return `\`\`\`js\n${output ? `export const ${output} = pulumi.unsecret(${key}.value);` : `${key};`}\n\`\`\``;
}

/** As a person writes it: without quotes around names. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, item]) => `${name}: ${literal(item)}`)
    .join(", ")} }`;
}
