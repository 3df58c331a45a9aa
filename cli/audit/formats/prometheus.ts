import { dayMs } from "../../../provider/base/time";
import { printable } from "../../../provider/redaction/printable";
import { findings } from "../findings";
import {
  type AuditReport,
  type KeyTimes,
  keyTimes,
  parentsText,
  type ReportedKey,
  reportedKeys,
} from "../report";

/** A family of samples, all of them gauges: what a key is worth at the moment of the audit. */
interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Metrics for the textfile collector of Prometheus's node exporter, or any other reader of its text format.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function prometheusReport(report: AuditReport): string {
  const keys = distinct(
    reportedKeys(report).map((key) => ({ key, times: keyTimes(key), labels: labelsOf(key) })),
  );
  const days = (sign: 1 | -1, moment: keyof KeyTimes): Sample[] =>
    keys.flatMap(({ labels, times }) => {
      const at = times[moment];
      return at === undefined ? [] : [{ labels, value: (sign * (at - report.atMs)) / dayMs }];
    });
  const metrics: Metric[] = [
    {
      name: "apikeys_key_age_days",
      help: "Days since the key was made.",
      samples: days(-1, "born"),
    },
    {
      name: "apikeys_key_expiry_days",
      help: "Days until the key expires; negative once it has. Absent where the key has no end, or the vendor tells none.",
      samples: days(1, "expires"),
    },
    {
      name: "apikeys_key_due_days",
      help: "Days until the renewal of the key is due; negative where it is overdue.",
      samples: days(1, "due"),
    },
    {
      name: "apikeys_key_overlap_days",
      help: "Days until the previous key of a rotation is revoked; negative where that is overdue.",
      samples: days(1, "ends"),
    },
    {
      name: "apikeys_key_unused_days",
      help: "Days since the key was last used. Absent where it never was, or the vendor does not tell.",
      samples: days(-1, "lastUsed"),
    },
    {
      name: "apikeys_key_finding",
      help: "1 for each finding of the audit about the key.",
      samples: keys.flatMap(({ key, labels }) =>
        key.findings.map((finding) => ({ labels: { ...labels, finding }, value: 1 })),
      ),
    },
    {
      name: "apikeys_findings",
      help: "Number of keys with the finding.",
      samples: findings.map((finding) => ({
        labels: { finding },
        value: keys.filter(({ key }) => key.findings.includes(finding)).length,
      })),
    },
    {
      name: "apikeys_audit_failures",
      help: "Number of stacks and places that could not be read to their end.",
      samples: [{ labels: {}, value: report.failures.length }],
    },
    {
      name: "apikeys_audit_timestamp_seconds",
      help: "When the audit was made, in seconds since the epoch.",
      samples: [{ labels: {}, value: Math.floor(report.atMs / 1_000) }],
    },
  ];
  return metrics.map(metricText).join("");
}

function labelsOf({ place, key, ownership, managers }: ReportedKey): Record<string, string> {
  const [manager] = managers;
  return {
    service: place.definition.name,
    connection: place.connection,
    parents: parentsText(place),
    stack: manager?.stack ?? "",
    resource: manager?.resource ?? "",
    role: manager?.role ?? "",
    ownership,
    key_id: key.keyId,
    name: typeof key.name === "string" ? key.name : "",
  };
}

/** One series twice makes the whole file invalid. Two accounts may have keys of one id behind connections of one name. */
function distinct<T extends { readonly labels: Readonly<Record<string, string>> }>(keys: readonly T[]): T[] {
  const counts = new Map<string, number>();
  return keys.map((key) => {
    const text = labelText(key.labels);
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    return count === 1 ? key : { ...key, labels: { ...key.labels, duplicate: String(count) } };
  });
}

function metricText({ name, help, samples }: Metric): string {
  if (samples.length === 0) return "";
  const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${rounded(value)}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

/** An empty label is the same as none. */
function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}="${escaped(printable(value))}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** A minute and a half is near enough for days. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
