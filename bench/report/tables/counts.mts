import { operations, peerNames } from "../../peers/peer.mts";
import type { Cell, Measured } from "../../results.mts";
import { bytesOf, type Table } from "../format.mts";
import { vendorTitle } from "../situation.mts";
import { peerTitles } from "../titles.mts";
import { columns } from "./columns.mts";

/**
 * What depends neither on the vendor's speed nor on how the state is written: a row for each peer, and one more where a
 * vendor has a limit. Where figures differ all the same, both are shown; of memory, the highest.
 */
export function counts(cells: readonly Cell[], keys: number): Table {
  const there = cells.filter((cell) => cell.keys === keys);
  const limits = [...new Set(there.map(({ limitPerSecond }) => limitPerSecond))];
  const groups = limits
    .sort((one, other) => (one ?? 0) - (other ?? 0))
    .flatMap((limit) =>
      peerNames.map((peer) =>
        there.filter((cell) => cell.peer === peer && cell.limitPerSecond === limit && hasOperations(cell)),
      ),
    );
  return {
    title: `${keys} keys: requests and bytes received`,
    labels: columns.labels,
    header: [...columns.header, "state a key", "peak memory"],
    rows: groups.flatMap((group) => (group[0] ? [rowOf(group[0], group)] : [])),
    notes: [],
  };
}

function hasOperations(cell: Cell): boolean {
  return Object.keys(cell.operations).length > 0;
}

function rowOf(first: Cell, group: readonly Cell[]): string[] {
  const perOperation = operations.map((operation) =>
    group.flatMap(({ operations: { [operation]: measured } }) => (measured ? [countOf(measured)] : [])),
  );
  const states = group.flatMap(({ stateBytes, keys }) =>
    stateBytes === undefined ? [] : [bytesOf(stateBytes / keys)],
  );
  const peaks = group.flatMap((cell) =>
    Object.values(cell.operations).flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? []),
  );
  return [
    first.limitPerSecond === null ? "any" : vendorTitle(first),
    peerTitles[first.peer],
    ...[...perOperation, states].map(sideBySide),
    peaks.length === 0 ? "–" : bytesOf(Math.max(...peaks)),
  ];
}

function sideBySide(found: readonly string[]): string {
  return found.length === 0 ? "–" : [...new Set(found)].join(" or ");
}

function countOf({ requests: sent, refused, bytes }: Measured): string {
  const requests = Object.entries(sent).map(([method, count]) => `${count} ${method}`);
  if (requests.length === 0) return "none";
  return `${requests.join(" + ")}${refused > 0 ? `, ${refused} refused` : ""}, ${bytesOf(bytes)}`;
}
