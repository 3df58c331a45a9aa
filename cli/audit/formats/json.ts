import { instantText } from "../../../provider/base/time";
import { json } from "../../json";
import { type AuditReport, reportedKeys, resourcesOf } from "../report";

/** Every key as an object with the fields under the names that programs use, for machines. */
export function jsonReport(report: AuditReport): string {
  const keys = reportedKeys(report).map((reported) => ({
    service: reported.place.definition.name,
    connection: reported.place.connection,
    parents: reported.place.pathParameters,
    ownership: reported.ownership,
    resources: resourcesOf(reported),
    findings: reported.findings,
    key: reported.key,
  }));
  return json({ at: instantText(report.atMs), stacks: report.stacks, keys, failures: report.failures });
}
