import { printable } from "../../../provider/redaction/printable";
import { keyColumns } from "../../keyColumns";
import { table } from "../../table";
import {
  type AuditReport,
  parentsText,
  type ReportedPlace,
  reportedKeys,
  resourcesText,
  summary,
} from "../report";

/** The keys of each place as a table, for people. */
export function textReport(report: AuditReport): string {
  if (report.places.length === 0 && report.failures.length === 0) {
    const stacks =
      report.stacks.length === 1 ? "This stack has" : `These ${report.stacks.length} stacks have`;
    return `${stacks} no API keys, so there is nothing to compare.\n`;
  }
  return [...report.places.map(placeTable), `${summary(reportedKeys(report))}\n`].join("\n");
}

function placeTable(place: ReportedPlace): string {
  const { definition, connection, audited } = place;
  const where = [`connection "${printable(connection)}"`, parentsText(place)].filter((part) => part !== "");
  const title = `${definition.title} keys (${where.join(", ")}):\n`;
  const { headings, cells } = keyColumns(definition);
  const rows = audited.map((one) => [
    ...cells(one.key),
    resourcesText(one) || "-",
    one.ownership === "unknown" ? ["unknown", ...one.findings].join(", ") : one.findings.join(", ") || "-",
  ]);
  const unseen = place.isListed
    ? ""
    : "This vendor cannot list its keys, so unmanaged keys do not show here.\n";
  return `${title}${table([...headings, "RESOURCE", "FINDINGS"], rows)}${unseen}`;
}
