import { operations } from "../../peers/peer.mts";
import { type Cell, type Measured, median } from "../../results.mts";
import { secondsOf, type Table } from "../format.mts";
import { isSameVendor, vendorTitle, writingTitle } from "../situation.mts";
import { operationTitles, peerTitles } from "../titles.mts";

/** @returns nothing where nothing was measured */
export function times(cells: readonly Cell[], keys: number, checkpoints: boolean): Table[] {
  if (cells.length === 0) return [];
  const oursBeside = (cell: Cell) => cells.find((one) => one.peer === "ours" && isSameVendor(one, cell));
  return [
    {
      title: `${keys} keys: time, ${writingTitle(checkpoints)}`,
      labels: 2,
      header: ["vendor", "", ...operations.map((operation) => operationTitles[operation])],
      rows: cells.map((cell) => [
        cell.peer === "floor" ? "any" : vendorTitle(cell),
        peerTitles[cell.peer],
        ...operations.map((operation) => {
          const ours = cell.peer === "floor" ? undefined : oursBeside(cell)?.operations[operation];
          return timeOf(cell.operations[operation], ours);
        }),
      ]),
      notes: cells.flatMap(({ missing, ...cell }) =>
        missing ? [`${peerTitles[cell.peer]}, ${vendorTitle(cell)}: ${missing}`] : [],
      ),
    },
  ];
}

/** The median, and how many times ours that is. */
function timeOf(measured: Measured | undefined, ours: Measured | undefined): string {
  const own = median(measured?.wallMs ?? []);
  if (own === undefined) return "–";
  const compared = median(ours?.wallMs ?? []);
  const ratio = compared === undefined || measured === ours ? "" : ` (${(own / compared).toFixed(2)}×)`;
  return secondsOf(own) + ratio;
}
