import { instantMs, instantText } from "../provider/base/time";
import type { ServiceDefinition } from "../provider/definition/definition";
import { tells } from "../provider/lookup";

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
    /** What the vendor does not tell is `-`: only a vendor that says so has a key that never expires. */
    cells: (key: Readonly<Record<string, unknown>>): string[] => [
      String(key.keyId),
      ...shown.map(({ field, absent }) =>
        key[field] !== undefined ? cell(key[field]) : tells(key, field) ? absent : "-",
      ),
    ],
  };
}

/** A moment is printed in the same form for every vendor. */
function cell(value: unknown): string {
  const ms = instantMs(value);
  return ms === undefined ? String(value) : instantText(ms);
}
