import { markdownTable } from "../../bench/report/format.mts";
import { tablesOf } from "../../bench/report/tables/tables.mts";
import { targetTable } from "../../bench/report/targets/targets.mts";
import type { Results } from "../../bench/results.mts";

/** What was measured, as Markdown: the targets first, then every number of keys. */
export function performanceTables(results: Results): string {
  const { machine, measuredAt } = results;
  const { cpus, model, pulumi, node } = machine;
  const where = `Measured on ${measuredAt.slice(0, 10)} with Pulumi ${pulumi} and Node.js ${node} on ${cpus} CPUs (${model}).`;
  const tables = tablesOf(results).map((table) =>
    [`### ${table.title}`, markdownTable(table), ...table.notes].join("\n\n"),
  );
  return [where, "### Targets", markdownTable(targetTable(results)), ...tables].join("\n\n");
}
