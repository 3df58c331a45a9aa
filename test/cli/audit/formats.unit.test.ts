import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { findings } from "../../../cli/audit/findings";
import { formatNamed, formatNames } from "../../../cli/audit/formats";
import {
  daysFrom,
  hostileNames,
  hostileReport,
  reportedKey,
  reportedPlace,
  reportOf,
} from "../../support/auditReport";

/** A key of each kind, and a place that could not be read. */
const report = reportOf(
  [
    reportedKey(
      "k-1",
      { name: "ci", createdAt: daysFrom(-10), expiresAt: daysFrom(80), lastUsedAt: daysFrom(-0.5) },
      { outputs: { dueAt: daysFrom(70) } },
    ),
    reportedKey(
      "k-2",
      { name: "old", expiresAt: daysFrom(-1.5), status: "expired" },
      { findings: ["expired"], resource: "old" },
    ),
    reportedKey(
      "k-3",
      { name: "soon", expiresAt: daysFrom(3) },
      { findings: ["expiring"], resource: "soon" },
    ),
    reportedKey("k-4", { name: "laptop" }, { ownership: "unmanaged", findings: ["unmanaged", "unused"] }),
  ],
  { failures: ["SendKit did not list API keys: HTTP 500."] },
);

describe("audit --format sarif", () => {
  const file = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  // Draft 4 differs from the later ones in nothing that this schema uses.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(file, "utf8"));
  const isValid = ajv.compile(schema);
  const sarif = formatNamed("sarif");

  it.each([
    ["keys of each kind", report],
    ["hostile names", hostileReport()],
    ["nothing", reportOf([])],
  ])("is what the schema of SARIF 2.1.0 says, with %s", (_, of) => {
    isValid(JSON.parse(sarif(of)));
    expect(isValid.errors).toBeNull();
  });

  it("has a result for each finding, under a rule of that name, as an error where it fails the audit", () => {
    const [run] = JSON.parse(sarif(report)).runs;
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(findings);
    const results = run.results.map((result: { ruleId: string; ruleIndex: number; level: string }) => {
      expect(findings[result.ruleIndex]).toBe(result.ruleId);
      return [result.ruleId, result.level];
    });
    expect(results).toEqual([
      ["expired", "error"],
      ["expiring", "warning"],
      ["unmanaged", "error"],
      ["unused", "warning"],
    ]);
    expect(run.results[2].message.text).toBe(
      'The Xentree key "laptop" (k-4), seen by connection "xentree", works, and is in the state of no stack that was audited. Adopt it with `adopt`, or revoke it at the vendor.',
    );
    expect(run.invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ message: { text: "SendKit did not list API keys: HTTP 500." } }],
      },
    ]);
  });

  it.each(["apiKeyFinding/v1", "primaryLocationLineHash"])(
    "tells a finding from all others by its fingerprint %s, and knows it again",
    (name) => {
      const fingerprints = () =>
        JSON.parse(sarif(hostileReport())).runs[0].results.map(
          ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) =>
            partialFingerprints[name],
        );
      expect(new Set(fingerprints()).size).toBe(2 * hostileNames.length);
      expect(fingerprints()).toEqual(fingerprints());
    },
  );
});

describe("audit --format github", () => {
  it("says first what fails the audit, and each thing once", () => {
    const lines = formatNamed("github")(report).trimEnd().split("\n");
    expect(lines.map((line) => line.slice(0, line.indexOf("::", 2)))).toEqual([
      "::error title=API keys%3A not read",
      "::error title=API key%3A expired",
      "::error title=API key%3A unmanaged",
      "::warning title=API key%3A expiring",
      "::warning title=API key%3A unused",
      "::notice title=API keys",
    ]);
    expect(lines[1]).toBe(
      `::error title=API key%3A expired::The Xentree key "old" (k-2) of dev/old expired at ${daysFrom(-1.5)}. Run \`pulumi refresh\`, then \`pulumi up\`, which makes another where the program says a lifetime.`,
    );
  });

  it("has no command that a name has brought", () => {
    const text = formatNamed("github")(hostileReport());
    for (const line of text.trimEnd().split("\n"))
      expect(line).toMatch(/^::(error|warning|notice) title=API keys?(%3A [\w -]+)?::/);
    expect(text).toContain("100%25 colon:");
  });
});

describe("audit --format prometheus", () => {
  const lines = (of = report) => formatNamed("prometheus")(of).trimEnd().split("\n");
  const of = (metric: string) => lines().filter((line) => line.startsWith(`${metric}{`));

  it("has days to expiry, to the renewal, since the birth and since the last use of each key that tells them", () => {
    const ci =
      '{service="xentree",connection="xentree",stack="dev",resource="ci",role="current",ownership="managed",key_id="k-1",name="ci"}';
    expect(of("apikeys_key_age_days")).toEqual([`apikeys_key_age_days${ci} 10`]);
    expect(of("apikeys_key_due_days")).toEqual([`apikeys_key_due_days${ci} 70`]);
    expect(of("apikeys_key_unused_days")).toEqual([`apikeys_key_unused_days${ci} 0.5`]);
    expect(of("apikeys_key_expiry_days").map((line) => line.replace(/\{.*\}/, ""))).toEqual([
      "apikeys_key_expiry_days 80",
      "apikeys_key_expiry_days -1.5",
      "apikeys_key_expiry_days 3",
    ]);
    expect(of("apikeys_findings")).toContain('apikeys_findings{finding="unmanaged"} 1');
    expect(lines()).toContain("apikeys_audit_failures 1");
    expect(lines()).toContain(`apikeys_audit_timestamp_seconds ${Date.parse(daysFrom(0)) / 1_000}`);
  });

  it.each([
    ["keys of each kind", report],
    ["hostile names", hostileReport()],
    ["nothing", reportOf([])],
  ])("says of each metric once what it is, before its samples, with %s", (_, asked) => {
    const described = new Set<string>();
    const types = new Map<string, string>();
    const series = new Set<string>();
    const label = /[a-z_]+="(?:[^"\\\n]|\\["\\n])*"/.source;
    const sample = new RegExp(`^([a-z_]+)(\\{${label}(?:,${label})*\\})? -?\\d+(\\.\\d+)?$`);
    for (const line of lines(asked)) {
      const [, kind, name = "", rest] = /^# (HELP|TYPE) (\w+) (.+)$/.exec(line) ?? [];
      if (kind === "HELP") {
        expect(described.has(name)).toBe(false);
        described.add(name);
      } else if (kind === "TYPE") types.set(name, String(rest));
      else {
        const [, metric = "", labels = ""] = sample.exec(line) ?? [];
        expect([line, types.get(metric)]).toEqual([line, "gauge"]);
        expect(series.has(metric + labels)).toBe(false);
        series.add(metric + labels);
      }
    }
    expect([...types.keys()]).toEqual([...described]);
  });

  it("keeps apart two keys of one id behind connections of one name, for a series twice is refused", () => {
    const place = () =>
      reportedPlace([reportedKey("1", { createdAt: daysFrom(-1) }, { ownership: "unmanaged" })]);
    const text = formatNamed("prometheus")(reportOf([], { places: [place(), place()] }));
    expect(text.match(/^apikeys_key_age_days.*$/gm)).toEqual([
      'apikeys_key_age_days{service="xentree",connection="xentree",ownership="unmanaged",key_id="1"} 1',
      'apikeys_key_age_days{service="xentree",connection="xentree",ownership="unmanaged",key_id="1",duplicate="2"} 1',
    ]);
  });
});

describe("audit --format junit", () => {
  it("has a suite for each place, and a test for each key, which fails for what fails the audit", () => {
    const text = formatNamed("junit")(report);
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="[^"]+" tests="5" failures="2" errors="1">\n/,
    );
    expect(text.match(/<testsuite .*>/g)).toEqual([
      '<testsuite name="Xentree keys, connection xentree" tests="4" failures="2" errors="0" timestamp="2026-11-29T12:00:00Z">',
      '<testsuite name="What could not be read" tests="1" failures="0" errors="1" timestamp="2026-11-29T12:00:00Z">',
    ]);
    expect(text).toContain('<testcase classname="xentree.xentree" name="ci (k-1)"/>');
    expect(text).toMatch(/<failure type="unmanaged" message="The Xentree key &quot;laptop&quot; /);
    expect(text).toMatch(/<system-out>The Xentree key &quot;laptop&quot; .* was last used/);
    expect(text).toContain('<error type="unread" message="SendKit did not list API keys: HTTP 500."/>');
  });

  it("is written in characters that XML has, and none of the names is markup", () => {
    const text = formatNamed("junit")(hostileReport());
    expect(text).not.toMatch(/[^\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u);
    const tags = new Set(text.match(/<\/?[^\s>]*/g));
    expect([...tags].sort()).toEqual(
      [
        "<?xml",
        "<testsuites",
        "</testsuites",
        "<testsuite",
        "</testsuite",
        "<testcase",
        "</testcase",
        "<failure",
        "<error",
      ].sort(),
    );
    expect(text.match(/&(?!amp;|lt;|gt;|quot;|#10;)/g)).toBeNull();
  });
});

describe("the formats of audit", () => {
  it.each(formatNames)("%s shows no control character, whatever the names are", (name) => {
    expect(formatNamed(name)(hostileReport())).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it("are told apart by their names, and one that there is not is refused with the nearest", () => {
    expect(() => formatNamed("serif")).toThrow(
      '--format is "serif", which is no format. Did you mean sarif? There are text, json, sarif, github, junit, prometheus.',
    );
    expect(() => formatNamed("constructor")).toThrow(/is no format/);
  });
});
