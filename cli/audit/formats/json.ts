import { instantText } from "../../../provider/base/time";
import { json } from "../../json";
import { type AuditReport, reportedKeys } from "../report";

/** Every key as an object with the fields under the names that programs use, for machines. */
export function jsonReport(report: AuditReport): string {
  const keys = reportedKeys(report).map(({ place, ownership, managers, findings, key }) => ({
    service: place.definition.name,
    connection: place.connection,
    parents: place.pathParameters,
    ownership,
    resources: managers.map(({ stack, resource, role }) => ({ stack, name: resource, role })),
    findings,
    key,
  }));
  return json({ at: instantText(report.atMs), stacks: report.stacks, keys, failures: report.failures });
}
