import { type AuditedKey, type AuditedPlace, isListed } from "./auditedPlace";
import { type Finding, findings } from "./findings";
import { json } from "./json";
import { keyColumns } from "./keyColumns";
import { table } from "./table";

/** A place's keys as a table for people. */
export function placeReport(place: AuditedPlace): string {
  const { definition, connection, pathParameters, audited } = place;
  const where = Object.entries(pathParameters).map(([name, value]) => `, ${name} ${value}`);
  const title = `${definition.title} keys (connection "${connection}"${where.join("")}):\n`;
  const { headings, cells } = keyColumns(definition);
  const rows = audited.map((one) => [...cells(one.key), resourcesOf(one), one.findings.join(", ") || "-"]);
  const unseen = isListed(place)
    ? ""
    : "This vendor cannot list its keys, so unmanaged keys do not show here.\n";
  return `${title}${table([...headings, "RESOURCE", "FINDINGS"], rows)}${unseen}`;
}

/** The keys of all places as JSON, for machines. */
export function reportJson(places: readonly AuditedPlace[], failures: readonly string[]): string {
  const keys = places.flatMap(({ definition, connection, pathParameters, audited }) =>
    audited.map(({ ownership, managers, findings: found, key }) => ({
      service: definition.name,
      connection,
      parents: pathParameters,
      ownership,
      resources: managers.map(({ resource, role }) => ({ name: resource, role })),
      findings: found,
      key,
    })),
  );
  return json({ keys, failures });
}

/** The number of keys of each kind: "3 keys: 2 managed, 1 missing." */
export function summary(keys: readonly AuditedKey[]): string {
  const parts = counted(keys.map(({ ownership }) => ownership));
  return `${keys.length} ${keys.length === 1 ? "key" : "keys"}${parts === "" ? "" : `: ${parts}`}.`;
}

/** How often each was found, always in the same order: "2 unmanaged, 1 missing". */
export function counted(found: readonly (Finding | AuditedKey["ownership"])[]): string {
  return ["managed" as const, ...findings]
    .map((name) => ({ name, count: found.filter((one) => one === name).length }))
    .flatMap(({ name, count }) => (count > 0 ? [`${count} ${name}`] : []))
    .join(", ");
}

function resourcesOf({ managers }: AuditedKey): string {
  const names = managers.map(({ resource, role }) =>
    role === "current" ? resource : `${resource} (${role})`,
  );
  return names.join(", ") || "-";
}
