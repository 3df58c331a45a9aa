import type { Results } from "../results.mts";
import { plainTable } from "./format.mts";
import { tablesOf } from "./tables/tables.mts";
import { targetTable } from "./targets/targets.mts";

/** Everything that was measured, for a terminal. */
export function printed(results: Results): string {
  const tables = tablesOf(results).map((table) =>
    [table.title, plainTable(table), ...table.notes].join("\n"),
  );
  return [...tables, `Targets\n${plainTable(targetTable(results))}`].join("\n\n");
}
