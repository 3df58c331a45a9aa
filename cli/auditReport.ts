import { type AuditedKey, type AuditedPlace, isListed } from "./auditedPlace";
import { type Finding, findings } from "./findings";
import { json } from "./json";
import { keyColumns } from "./keyColumns";
import { table } from "./table";

/** A place's keys as people read them. */
export function placeText(place: AuditedPlace): string {
  const { definition, connection, pathParameters, audited } = place;
  const where = Object.entries(pathParameters).map(([name, value]) => `, ${name} ${value}`);
  const title = `${definition.title} keys (connection "${connection}"${where.join("")}):\n`;
  const { headings, cells } = keyColumns(definition);
  const rows = audited.map((one) => [
    // Of a key that is not at the vendor nobody told anything.
    ...(one.ownership === "missing" ? cells(one.key, "-") : cells(one.key)),
    resourcesOf(one),
    one.findings.join(", ") || "-",
  ]);
  const unseen = isListed(place)
    ? ""
    : "This vendor has no list of its keys, so those that nobody manages were not seen.\n";
  return `${title}${table([...headings, "RESOURCE", "FINDINGS"], rows)}${unseen}`;
}

/** The same of all places, for machines. */
export function reportJson(places: readonly AuditedPlace[], failures: readonly string[]): string {
  const keys = places.flatMap(({ definition, connection, pathParameters, audited }) =>
    audited.map(({ ownership, managers, findings: found, key }) => ({
      service: definition.name,
      connection,
      pathParameters,
      ownership,
      resources: managers.map(({ resource, role }) => ({ name: resource, role })),
      findings: found,
      key,
    })),
  );
  return json({ keys, failures });
}

/** How many keys there are of which kind: "3 keys: 2 managed, 1 missing." */
export function summary(keys: readonly AuditedKey[]): string {
  const parts = counted(keys.map(({ ownership }) => ownership));
  return `${keys.length} ${keys.length === 1 ? "key" : "keys"}${parts === "" ? "" : `: ${parts}`}.`;
}

/** How often each of them was found, in an order that stays the same: "2 unmanaged, 1 missing". */
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
