import { instantMs, instantText } from "../provider/base/time";
import type { ServiceDefinition } from "../provider/definition/definition";

/** The columns of a table of keys: a field, and what stands for it where the key does not have it. */
const columns = [
  { heading: "NAME", field: "name", absent: "-" },
  { heading: "PREFIX", field: "prefix", absent: "-" },
  { heading: "STATUS", field: "status", absent: "-" },
  { heading: "CREATED", field: "createdAt", absent: "-" },
  { heading: "EXPIRES", field: "expiresAt", absent: "never" },
  { heading: "LAST USED", field: "lastUsedAt", absent: "never" },
] as const;

/** The columns of a table of a service's keys, without fields that the service does not have. */
export function keyColumns({ fields }: ServiceDefinition) {
  const shown = columns.filter(({ field }) => field === "status" || fields[field] !== undefined);
  return {
    headings: ["ID", ...shown.map(({ heading }) => heading)],
    /** @param placeholder what stands for a field that the key does not have. Default: the column's own */
    cells: (key: Readonly<Record<string, unknown>>, placeholder?: string): string[] => [
      String(key.keyId),
      ...shown.map(({ field, absent }) =>
        key[field] === undefined ? (placeholder ?? absent) : cell(key[field]),
      ),
    ],
  };
}

/** A moment is printed in the same form for every vendor. */
function cell(value: unknown): string {
  const ms = instantMs(value);
  return ms === undefined ? String(value) : instantText(ms);
}
