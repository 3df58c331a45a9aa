import { enginePeers, peerNames } from "../peers/peer.mts";
import type { Cell, CellKey } from "../results.mts";

/** What peers are compared in. */
export type Situation = Omit<CellKey, "peer">;

export function situationTitle({ keys, checkpoints, ...vendor }: Situation): string {
  return `${keys} keys, ${vendorTitle(vendor)}${checkpoints ? "" : `, ${writingTitle(checkpoints)}`}`;
}

export function vendorTitle(vendor: Pick<Situation, "latencyMs" | "limitPerSecond">): string {
  const { latencyMs, limitPerSecond } = vendor;
  return limitPerSecond === null ? `${latencyMs} ms` : `at most ${limitPerSecond} a second`;
}

/** The vendor of a row; the floor knows none. */
export function vendorOf(cell: Cell): string {
  return cell.peer === "floor" ? "any" : vendorTitle(cell);
}

export function writingTitle(checkpoints: boolean): string {
  return `state written ${checkpoints ? "at each step" : "at the end alone"}`;
}

/**
 * The cells that stand in one table: those of an engine that writes its state so, and what was measured without one in
 * the same situations. What no engine stands beside is among those with checkpoints.
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

/** The floor, which knows no vendor, first; the vendor with a limit last. */
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
