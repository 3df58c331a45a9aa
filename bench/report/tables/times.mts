import { operations } from "../../peers/peer.mts";
import { type Cell, type Measured, medianMs } from "../../results.mts";
import { secondsOf, type Table } from "../format.mts";
import { isSameVendor, vendorOf, writingTitle } from "../situation.mts";
import { peerTitles } from "../titles.mts";
import { columns } from "./columns.mts";

/** @returns nothing where nothing was measured */
export function times(cells: readonly Cell[], keys: number, checkpoints: boolean): Table[] {
  if (cells.length === 0) return [];
  const oursBeside = (cell: Cell) => cells.find((one) => one.peer === "ours" && isSameVendor(one, cell));
  return [
    {
      title: `${keys} keys: time, ${writingTitle(checkpoints)}`,
      ...columns,
      rows: cells.map((cell) => [
        vendorOf(cell),
        peerTitles[cell.peer],
        ...operations.map((operation) => {
          const ours = cell.peer === "floor" ? undefined : oursBeside(cell)?.operations[operation];
          return timeOf(cell.operations[operation], ours);
        }),
      ]),
      notes: cells.flatMap(({ missing, ...cell }) =>
        missing ? [`${peerTitles[cell.peer]}, ${vendorOf(cell)}: ${missing}`] : [],
      ),
    },
  ];
}

/** The median, and its ratio to ours. */
function timeOf(measured: Measured | undefined, ours: Measured | undefined): string {
  const own = medianMs(measured);
  if (own === undefined) return "–";
  const compared = medianMs(ours);
  const ratio = compared === undefined || measured === ours ? "" : ` (${(own / compared).toFixed(2)}×)`;
  return secondsOf(own) + ratio;
}
