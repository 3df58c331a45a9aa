import { type Operation, operations } from "../../peers/peer.mts";
import { type Cell, isSameCell, medianMs } from "../../results.mts";
import type { Table } from "../format.mts";
import { cellsIn, vendorOf, writingTitle } from "../situation.mts";
import { peerTitles } from "../titles.mts";
import { columns } from "./columns.mts";

/**
 * The time for each key with the most keys, divided by the same with the fewest.
 *
 * @param numbers of keys, in order
 * @returns nothing where there is only one number
 */
export function growth(cells: readonly Cell[], numbers: readonly number[], checkpoints: boolean): Table[] {
  const [fewest, most] = [numbers[0], numbers.at(-1)];
  if (fewest === undefined || most === undefined || fewest === most) return [];
  // Under a limit few keys are created in one burst, so the two cannot be compared.
  const unlimited = cells.filter(({ limitPerSecond }) => limitPerSecond === null);
  const few = cellsIn(unlimited, fewest, checkpoints);
  const rows = cellsIn(unlimited, most, checkpoints).flatMap((large) => {
    const small = few.find((cell) => isSameCell(cell, { ...large, keys: fewest }));
    if (!small) return [];
    const ratios = operations.map((operation) => ratioOf(small, large, operation));
    return [[vendorOf(large), peerTitles[large.peer], ...ratios]];
  });
  if (rows.length === 0) return [];
  const title = `Growth: time per key at ${most} ÷ at ${fewest}, ${writingTitle(checkpoints)}`;
  return [{ title, ...columns, rows, notes: [] }];
}

function ratioOf(small: Cell, large: Cell, operation: Operation): string {
  const [few, many] = [small, large].map((cell) => medianMs(cell.operations[operation]));
  if (!few || many === undefined) return "–";
  return (many / large.keys / (few / small.keys)).toFixed(2);
}
