import type { Results } from "../../results.mts";
import type { Table } from "../format.mts";
import { cellsIn } from "../situation.mts";
import { counts } from "./counts.mts";
import { growth } from "./growth.mts";
import { settingsTable } from "./settings.mts";
import { times } from "./times.mts";

/** For each number of keys: the times, by how the state is written, and the counts. Then how times grow, and the settings. */
export function tablesOf(results: Results): Table[] {
  const { cells } = results;
  const numbers = [...new Set(cells.map(({ keys }) => keys))].sort((one, other) => one - other);
  const perNumber = numbers.flatMap((keys) => [
    ...[true, false].flatMap((checkpoints) => times(cellsIn(cells, keys, checkpoints), keys, checkpoints)),
    counts(cells, keys),
  ]);
  const grown = [true, false].flatMap((checkpoints) => growth(cells, numbers, checkpoints));
  return [...perNumber, ...grown, ...settingsTable(results)];
}
