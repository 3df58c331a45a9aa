import { type Operation, operations, peerNames } from "../peers/peer.mts";
import { type Cell, median } from "../results.mts";
import type { Table } from "./format.mts";
import { operationTitles, peerTitles } from "./titles.mts";

/** Time per key of the most keys, divided by that of the fewest, without latency. */
export function growth(cells: readonly Cell[]): Table[] {
  const unlimited = cells.filter(
    ({ latencyMs, limitPerSecond }) => latencyMs === 0 && limitPerSecond === null,
  );
  const counts = unlimited.map(({ keys }) => keys).sort((one, other) => one - other);
  const [fewest, most] = [counts[0], counts.at(-1)];
  if (fewest === undefined || most === undefined || fewest === most) return [];
  const rows = peerNames.flatMap((peer) => {
    const [small, large] = [fewest, most].map((keys) =>
      unlimited.find((cell) => cell.peer === peer && cell.keys === keys),
    );
    if (!small || !large) return [];
    return [[peerTitles[peer], ...operations.map((operation) => ratioOf(small, large, operation))]];
  });
  const header = ["", ...operations.map((operation) => operationTitles[operation])];
  return [{ title: `Growth: time per key at ${most} ÷ at ${fewest}, 0 ms`, header, rows, notes: [] }];
}

function ratioOf(small: Cell, large: Cell, operation: Operation): string {
  const [few, many] = [small, large].map((cell) => median(cell.operations[operation]?.wallMs ?? []));
  if (!few || many === undefined) return "–";
  return (many / large.keys / (few / small.keys)).toFixed(2);
}
