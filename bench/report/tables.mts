import { operations, type PeerName, peerNames } from "../peers/peer.mts";
import { type Cell, type CellKey, type Measured, median, type Results } from "../results.mts";
import { bytesOf, secondsOf, type Table } from "./format.mts";
import { growth } from "./growth.mts";
import { settingsTable } from "./settingsTable.mts";
import { operationTitles, peerTitles } from "./titles.mts";

type Situation = Omit<CellKey, "peer">;

/** Two tables for each situation, times and what was counted, one of how time grows with the keys, and one of settings. */
export function tablesOf(results: Results): Table[] {
  const perSituation = situationsOf(results.cells).flatMap((situation) => {
    const cells = cellsIn(results.cells, situation);
    return [times(situation, cells), counts(situation, cells)];
  });
  return [...perSituation, ...growth(results.cells), ...settingsTable(results)];
}

export function situationTitle({ keys, latencyMs, limitPerSecond }: Situation): string {
  const limit = limitPerSecond === null ? "" : `, at most ${limitPerSecond} requests a second`;
  return `${keys} keys, ${latencyMs} ms${limit}`;
}

function times(situation: Situation, cells: readonly Cell[]): Table {
  const ours = cells.find(({ peer }) => peer === "ours");
  return {
    title: `${situationTitle(situation)}: time`,
    header: ["", ...operations.map((operation) => operationTitles[operation])],
    rows: cells.map((cell) => [
      peerTitles[cell.peer],
      ...operations.map((operation) => timeOf(cell.operations[operation], ours?.operations[operation])),
    ]),
    notes: cells.flatMap(({ peer, missing }) => (missing ? [`${peerTitles[peer]}: ${missing}`] : [])),
  };
}

/** The median, and how many times ours that is. */
function timeOf(measured: Measured | undefined, ours: Measured | undefined): string {
  const own = median(measured?.wallMs ?? []);
  if (own === undefined) return "–";
  const compared = median(ours?.wallMs ?? []);
  const ratio = compared === undefined || measured === ours ? "" : ` (${(own / compared).toFixed(2)}×)`;
  return secondsOf(own) + ratio;
}

function counts(situation: Situation, cells: readonly Cell[]): Table {
  return {
    title: `${situationTitle(situation)}: requests and bytes received`,
    header: ["", ...operations.map((operation) => operationTitles[operation]), "state a key", "peak memory"],
    rows: cells
      .filter(({ peer }) => peer !== "floor" || situation.limitPerSecond === null)
      .map((cell) => [
        peerTitles[cell.peer],
        ...operations.map((operation) => countOf(cell.operations[operation])),
        cell.stateBytes === undefined ? "–" : bytesOf(cell.stateBytes / cell.keys),
        memoryOf(cell),
      ]),
    notes: [],
  };
}

function countOf(measured: Measured | undefined): string {
  if (!measured) return "–";
  const requests = Object.entries(measured.requests).map(([method, count]) => `${count} ${method}`);
  if (requests.length === 0) return "none";
  const refused = measured.refused > 0 ? `, ${measured.refused} refused` : "";
  return `${requests.join(" + ")}${refused}, ${bytesOf(measured.bytes)}`;
}

function memoryOf({ operations: measured }: Cell): string {
  const peaks = Object.values(measured).flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? []);
  return peaks.length === 0 ? "–" : bytesOf(Math.max(...peaks));
}

function situationsOf(cells: readonly Cell[]): Situation[] {
  const found = new Map<string, Situation>();
  for (const { peer, keys, latencyMs, limitPerSecond } of cells) {
    // The engine's floor knows no latency and stands in every situation of as many keys.
    if (peer !== "floor") {
      found.set(`${keys} ${latencyMs} ${limitPerSecond}`, { keys, latencyMs, limitPerSecond });
    }
  }
  return [...found.values()];
}

function cellsIn(cells: readonly Cell[], { keys, latencyMs, limitPerSecond }: Situation): Cell[] {
  const there = cells.filter(
    (cell) =>
      cell.keys === keys &&
      (cell.peer === "floor" || (cell.latencyMs === latencyMs && cell.limitPerSecond === limitPerSecond)),
  );
  const place = ({ peer }: { peer: PeerName }) => peerNames.indexOf(peer);
  return there.sort((one, other) => place(one) - place(other));
}
