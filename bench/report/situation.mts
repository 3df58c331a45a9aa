import { enginePeers, peerNames } from "../peers/peer.mts";
import type { Cell, CellKey } from "../results.mts";

/** The situation in which peers are compared. */
export type Situation = Omit<CellKey, "peer">;

export function situationTitle({ keys, checkpoints, ...vendor }: Situation): string {
  return `${keys} keys, ${vendorTitle(vendor)}${checkpoints ? "" : `, ${writingTitle(checkpoints)}`}`;
}

export function vendorTitle(vendor: Pick<Situation, "latencyMs" | "limitPerSecond">): string {
  const { latencyMs, limitPerSecond } = vendor;
  return limitPerSecond === null ? `${latencyMs} ms` : `at most ${limitPerSecond} a second`;
}

/** The vendor of a row. The floor has none. */
export function vendorOf(cell: Cell): string {
  return cell.peer === "floor" ? "any" : vendorTitle(cell);
}

export function writingTitle(checkpoints: boolean): string {
  return `state written ${checkpoints ? "at each step" : "at the end alone"}`;
}

/**
 * The cells of one table: those of an engine that writes its state in this way, and those without an engine in the same
 * situations. Cells without an engine that fit no engine's are in the table with checkpoints.
 */
export function cellsIn(cells: readonly Cell[], keys: number, checkpoints: boolean): Cell[] {
  const there = cells.filter((cell) => cell.keys === keys);
  const driven = there.filter(({ peer }) => enginePeers.includes(peer));
  const isBeside = (cell: Cell, written: boolean) =>
    driven.some((one) => one.peer !== "floor" && one.checkpoints === written && isSameVendor(one, cell));
  return there
    .filter((cell) =>
      driven.includes(cell)
        ? cell.checkpoints === checkpoints
        : isBeside(cell, checkpoints) || (checkpoints && !isBeside(cell, false)),
    )
    .sort(inOrder);
}

export function isSameVendor(one: Cell, other: Cell): boolean {
  return one.latencyMs === other.latencyMs && one.limitPerSecond === other.limitPerSecond;
}

/** The order of rows: the floor first, the vendor with a limit last. */
function inOrder(one: Cell, other: Cell): number {
  const [first, second] = [one, other].map(({ peer, latencyMs, limitPerSecond }) => [
    peer === "floor" ? 0 : 1,
    limitPerSecond ?? 0,
    latencyMs,
    peerNames.indexOf(peer),
  ]);
  const different = first?.findIndex((value, index) => value !== second?.[index]) ?? -1;
  return (first?.[different] ?? 0) - (second?.[different] ?? 0);
}
