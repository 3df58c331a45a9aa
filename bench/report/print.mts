import type { Results } from "../results.mts";
import { plainTable } from "./format.mts";
import { tablesOf } from "./tables.mts";
import { targetsOf } from "./targets.mts";

/** Everything that was measured, for a terminal. */
export function printed(results: Results): string {
  const tables = tablesOf(results).map(({ title, header, rows, notes }) =>
    [title, plainTable(header, rows), ...notes].join("\n"),
  );
  const targets = targetsOf(results).map(({ target, found, reached }) => [
    target,
    found,
    reached ? "reached" : "missed",
  ]);
  return [...tables, `Targets\n${plainTable(["target", "found", ""], targets)}`].join("\n\n");
}
