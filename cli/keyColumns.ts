import { instantMs, instantText } from "../provider/base/time";
import type { ServiceDefinition } from "../provider/definition/definition";

/** What people want to know of a key: a field, and what stands for it where the vendor does not tell it. */
const columns = [
  { heading: "NAME", field: "name", untold: "-" },
  { heading: "PREFIX", field: "prefix", untold: "-" },
  { heading: "STATUS", field: "status", untold: "-" },
  { heading: "CREATED", field: "createdAt", untold: "-" },
  { heading: "EXPIRES", field: "expiresAt", untold: "never" },
  { heading: "LAST USED", field: "lastUsedAt", untold: "never" },
] as const;

/** The columns of a table of a service's keys, without those of which its vendor never tells. */
export function keyColumns({ fields }: ServiceDefinition) {
  const told = columns.filter(({ field }) => field === "status" || fields[field] !== undefined);
  return {
    headings: ["ID", ...told.map(({ heading }) => heading)],
    /** @param absent what stands for a field that the key does not have. Default: what its being untold means */
    cells: (key: Readonly<Record<string, unknown>>, absent?: string): string[] => [
      String(key.keyId),
      ...told.map(({ field, untold }) => (key[field] === undefined ? (absent ?? untold) : cell(key[field]))),
    ],
  };
}

/** Moments in one form, whatever the vendor's. */
function cell(value: unknown): string {
  const ms = instantMs(value);
  return ms === undefined ? String(value) : instantText(ms);
}
