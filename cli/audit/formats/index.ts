import { nearestName } from "../../../provider/base/words";
import { UsageError } from "../../command";
import type { AuditReport } from "../report";
import { githubReport } from "./github";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { prometheusReport } from "./prometheus";
import { sarifReport } from "./sarif";
import { textReport } from "./text";

const formats: Readonly<Record<string, (report: AuditReport) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  github: githubReport,
  junit: junitReport,
  prometheus: prometheusReport,
};

export const formatNames: readonly string[] = Object.keys(formats);

/** @throws {UsageError} when there is no such format */
export function formatNamed(name: string): (report: AuditReport) => string {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format !== undefined) return format;
  const near = nearestName(name, formatNames);
  throw new UsageError(
    `--format is ${JSON.stringify(name)}, which is no format.${near === undefined ? "" : ` Did you mean ${near}?`} ` +
      `There are ${formatNames.join(", ")}.`,
  );
}
