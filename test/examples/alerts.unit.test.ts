import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { findings } from "../../cli/audit/findings";
import { formatNamed } from "../../cli/audit/formats";
import { organisationReport } from "../support/auditReport";
import { repository } from "../support/engine/environment";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
const file: { readonly groups: readonly { readonly rules: readonly Rule[] }[] } = parse(
  readFileSync(path.join(repository, "examples", "governance", "alerts.yml"), "utf8"),
);
const rules = file.groups.flatMap((group) => group.rules);

/** Samples of an audit that has a key of every kind, each as its metric's name and its labels. */
const samples = formatNamed("prometheus")(organisationReport(100))
  .split("\n")
  .filter((line) => /^\w/.test(line))
  .map((line) => ({
    metric: line.match(/^\w+/)?.[0] ?? "",
    labels: Object.fromEntries(
      [...line.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = "", value = ""]) => [name, value]),
    ),
  }));
const metrics = new Set(samples.map(({ metric }) => metric));

/** Texts of the nodes of a kind in an expression, as Prometheus's own grammar reads it. */
async function nodes(expression: string, kind: string): Promise<string[]> {
  const { parser } = await import("@prometheus-io/lezer-promql");
  const found: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, type, from, to }) => {
      if (kind === "error" ? type.isError : name === kind) found.push(expression.slice(from, to));
    },
  });
  return found;
}

describe("examples/governance/alerts.yml", () => {
  it("has rules with what Alertmanager routes by and what people read", () => {
    expect(rules.map(({ alert }) => alert)).toEqual([...new Set(rules.map(({ alert }) => alert))]);
    for (const { labels, annotations } of rules) {
      expect(["critical", "warning", "info"]).toContain(labels.severity);
      expect(Object.keys(annotations)).toEqual(["summary", "description"]);
    }
  });

  it("has each alert explained in docs/governance.md", () => {
    const document = readFileSync(path.join(repository, "docs", "governance.md"), "utf8");
    const explained = [...document.matchAll(/^\| (`ApiKey.*?) \|/gm)].flatMap(
      ([, names = ""]) => names.match(/\w+/g) ?? [],
    );
    expect(explained.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
  });

  it.each(rules)("asks in $alert for metrics that the audit prints", async ({ expr }) => {
    expect(await nodes(expr, "error")).toEqual([]);
    const selectors = await nodes(expr, "VectorSelector");
    expect(selectors).not.toHaveLength(0);
    for (const selector of selectors) expect(metrics).toContain((await nodes(selector, "Identifier"))[0]);
  });

  it.each(rules)(
    "selects and shows in $alert labels that those metrics have",
    async ({ expr, annotations }) => {
      const shown = Object.values(annotations).flatMap((text) =>
        [...text.matchAll(/\$labels\.(\w+)/g)].map(([, name = ""]) => name),
      );
      for (const selector of await nodes(expr, "VectorSelector")) {
        const [metric] = await nodes(selector, "Identifier");
        const labels = samples.filter((sample) => sample.metric === metric).map((sample) => sample.labels);
        const selected = await nodes(selector, "LabelName");
        for (const name of [...shown, ...selected])
          expect(labels.some((one) => Object.hasOwn(one, name))).toBe(true);
      }
    },
  );

  it("has an alert on every finding, and on no other", () => {
    const named = rules
      .flatMap(({ expr }) => expr.match(/finding=~?"[^"]+"/g) ?? [])
      .flatMap((matcher) => matcher.replace(/^\w+=~?"|"$/g, "").split("|"));
    // Of a key that is expiring, the days that are left tell more.
    expect(named.toSorted()).toEqual(findings.filter((finding) => finding !== "expiring").toSorted());
  });

  it("leaves out no metric but those that a finding stands for", () => {
    const unused = [...metrics].filter((metric) => !rules.some(({ expr }) => expr.includes(metric)));
    expect(unused).toEqual(["apikeys_key_unused_days", "apikeys_findings"]);
  });
});
