import type { Finding } from "../findings";
import {
  type AuditReport,
  failingFindings,
  failureText,
  type ReportedKey,
  reportedKeys,
  summary,
} from "../report";
import { findingSentences } from "../sentences";

/**
 * Workflow commands that GitHub Actions shows as annotations. It shows ten of a kind for each step, so what fails the audit
 * comes first.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport(report: AuditReport): string {
  const keys = reportedKeys(report);
  const errors = keys.flatMap((key) =>
    failingFindings(report, key).map((finding) => command("error", key, finding)),
  );
  const warnings = keys.flatMap((key) => {
    const failing = failingFindings(report, key);
    return key.findings
      .filter((finding) => !failing.includes(finding))
      .map((finding) => command("warning", key, finding));
  });
  const failures = report.failures.map((failure) =>
    annotation("error", "API keys: not read", failureText(failure)),
  );
  const total = annotation("notice", "API keys", summary(keys));
  return [...failures, ...errors, ...warnings, total].join("");
}

function command(kind: string, key: ReportedKey, finding: Finding): string {
  return annotation(kind, `API key: ${finding}`, findingSentences(key, finding));
}

function annotation(kind: string, title: string, message: string): string {
  return `::${kind} title=${property(title)}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
