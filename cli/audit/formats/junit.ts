import { instantText } from "../../../provider/base/time";
import { printable } from "../../../provider/redaction/printable";
import {
  type AuditReport,
  failingFindings,
  failureText,
  keyName,
  parentsText,
  type ReportedKey,
  type ReportedPlace,
} from "../report";
import { findingSentences } from "../sentences";

/** Test results as CI systems read them: a suite for each place, and a test for each key, which fails for what fails the audit. */
export function junitReport(report: AuditReport): string {
  const suites = report.places.map((place) => ({
    name: [`${place.definition.title} keys`, `connection ${printable(place.connection)}`, parentsText(place)]
      .filter((part) => part !== "")
      .join(", "),
    cases: place.audited.map((key) => keyCase(report, place, { ...key, place })),
  }));
  const unread = report.failures.map((failure, index) => ({
    outcome: "error" as const,
    text: `    <testcase classname="audit" name="failure ${index + 1}">\n      <error type="unread" message=${attribute(failureText(failure))}/>\n    </testcase>\n`,
  }));
  const all = [...suites, ...(unread.length > 0 ? [{ name: "What could not be read", cases: unread }] : [])];
  const every = all.flatMap(({ cases }) => cases);
  const at = instantText(report.atMs);
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="pulumi-apikeys audit" ${counts(every)}>\n` +
    all
      .map(
        ({ name, cases }) =>
          `  <testsuite name=${attribute(name)} ${counts(cases)} timestamp="${at}">\n` +
          `${cases.map(({ text }) => text).join("")}  </testsuite>\n`,
      )
      .join("") +
    "</testsuites>\n"
  );
}

interface Case {
  readonly outcome: "failure" | "error" | undefined;
  readonly text: string;
}

function keyCase(report: AuditReport, place: ReportedPlace, key: ReportedKey): Case {
  const failing = failingFindings(report, key);
  const others = key.findings.filter((finding) => !failing.includes(finding));
  const sentences = (of: typeof failing) => of.map((finding) => findingSentences(key, finding)).join("\n");
  const id = printable(key.key.keyId);
  const called = keyName(key) === id ? id : `${keyName(key)} (${id})`;
  const inside =
    (failing.length > 0
      ? `      <failure type=${attribute(failing.join(" "))} message=${attribute(sentences(failing))}/>\n`
      : "") + (others.length > 0 ? `      <system-out>${escaped(sentences(others))}</system-out>\n` : "");
  const head = `    <testcase classname=${attribute(`${place.definition.name}.${printable(place.connection)}`)} name=${attribute(called)}`;
  return {
    outcome: failing.length > 0 ? "failure" : undefined,
    text: inside === "" ? `${head}/>\n` : `${head}>\n${inside}    </testcase>\n`,
  };
}

function counts(cases: readonly Case[]): string {
  const of = (outcome: Case["outcome"]) => cases.filter((one) => one.outcome === outcome).length;
  return `tests="${cases.length}" failures="${of("failure")}" errors="${of("error")}"`;
}

function attribute(text: string): string {
  return `"${escaped(text)}"`;
}

/** What XML 1.0 has no way to write, even as a reference. */
const impossible = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text
    .replaceAll(impossible, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}
