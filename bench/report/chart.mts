import { bar, line, picture, styleSheet, text } from "../../scripts/pictures/drawing.mts";
import { type Operation, operations } from "../peers/peer.mts";
import { type Cell, cellKeyOf, isSameCell, medianMs, type Results } from "../results.mts";
import { bytesOf, secondsOf } from "./format.mts";
import { situationTitle } from "./situation.mts";
import { operationTitles, peerTitles } from "./titles.mts";

/** In pixels. */
const width = 960;
const plot = { left: 150, right: 700, top: 92 };
const barHeight = 14;
const barStep = 18;
const groupGap = 18;

const light = { ours: "#0969da", naive: "#bc4c00", restapi: "#8250df", floor: "#818b98" };
const dark: typeof light = { ours: "#4493f8", naive: "#f0883e", restapi: "#ab7df8", floor: "#7d8590" };

const style = styleSheet("", { light, dark }, ({ ours, naive, restapi, floor }) => {
  return `.ours { fill: ${ours}; }
.naive { fill: ${naive}; }
.restapi { fill: ${restapi}; }
.floor { fill: ${floor}; }`;
});

const shownPeers = ["ours", "naive", "restapi", "floor"] as const;
type ShownPeer = (typeof shownPeers)[number];

/** The time of each operation beside each peer's, as an SVG picture of the situation that most peers were in. */
export function chart(results: Results): string {
  const cells = fullest(results.cells);
  const ours = cells.find(({ peer }) => peer === "ours");
  const times = operations.map((operation) => ({ operation, bars: barsOf(cells, operation) }));
  let top = plot.top;
  const groups = times.map(({ operation, bars }) => {
    const drawn = group(operation, bars, top);
    top += bars.length * barStep + groupGap;
    return drawn;
  });
  const height = top + 44;
  const heading = ours ? situationTitle(ours) : "nothing measured";
  const title = `Time of each operation on ${heading}`;
  return picture({ width, height, title, style }, [
    text(
      24,
      36,
      "heading",
      `${heading} a request: time, each operation at its own scale, and what was sent and received`,
    ),
    ...legend(62),
    ...groups.flat(),
    text(24, height - 20, "quiet", machineOf(results)),
  ]);
}

/** The cells of the situation with the most measurements. Among equals: as users run it, then with the most keys. */
function fullest(cells: readonly Cell[]): Cell[] {
  const candidates = cells
    .filter(({ peer, limitPerSecond }) => peer === "ours" && limitPerSecond === null)
    .map((ours) => cells.filter((cell) => belongs(cell, ours)))
    .sort((one, other) => weight(other) - weight(one));
  return candidates[0] ?? [];
}

function belongs(cell: Cell, ours: Cell): boolean {
  return shownPeers.some((peer) => isSameCell(cell, cellKeyOf({ ...ours, peer })));
}

function weight(cells: readonly Cell[]): number {
  const measured = cells.flatMap((cell) => Object.keys(cell.operations)).length;
  const written = cells.every(({ checkpoints }) => checkpoints);
  return measured * 1_000_000 + (written ? 100_000 : 0) + (cells[0]?.keys ?? 0);
}

interface Bar {
  readonly peer: ShownPeer;
  readonly ms: number;
  readonly requests: number;
  readonly bytes: number;
}

function barsOf(cells: readonly Cell[], operation: Operation): Bar[] {
  return shownPeers.flatMap((peer) => {
    const measured = cells.find((cell) => cell.peer === peer)?.operations[operation];
    const ms = medianMs(measured);
    if (measured === undefined || ms === undefined) return [];
    const requests = Object.values(measured.requests).reduce((sum, count) => sum + count, 0);
    return [{ peer, ms, requests, bytes: measured.bytes }];
  });
}

function group(operation: Operation, bars: readonly Bar[], top: number): string[] {
  const longestMs = Math.max(1, ...bars.map(({ ms }) => ms));
  const lengthOf = (ms: number) => Math.max(1, (ms / longestMs) * (plot.right - plot.left));
  const bottom = top + bars.length * barStep;
  return [
    text(24, top + 12, "strong", operationTitles[operation]),
    line("grid", plot.left - 6, top - 4, plot.left - 6, bottom),
    ...bars.flatMap(({ peer, ms, requests, bytes }, index) => {
      const y = top + index * barStep;
      const sent = requests === 0 ? "" : ` · ${requests} requests, ${bytesOf(bytes)}`;
      const length = lengthOf(ms);
      return [
        bar(peer, plot.left, y, length, barHeight),
        text(plot.left + length + 8, y + 12, "quiet", `${secondsOf(ms)}${sent}`),
      ];
    }),
  ];
}

function legend(y: number): string[] {
  const step = 226;
  return shownPeers.flatMap((peer, index) => [
    bar(peer, 24 + index * step, y - 11, 14, 14),
    text(46 + index * step, y + 1, "text", peerTitles[peer]),
  ]);
}

function machineOf({ machine, measuredAt }: Results): string {
  const { cpus, pulumi, node } = machine;
  return `npm run bench, ${measuredAt.slice(0, 10)}: ${cpus} CPUs, Pulumi ${pulumi}, Node.js ${node}, state in a local file`;
}
