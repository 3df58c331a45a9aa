import type { CellPlan } from "./cell.mts";
import { enginePeers, type Operation, operations, type PeerName, peerNames } from "./peers/peer.mts";
import { cellKeyOf } from "./results.mts";

/** For one operation. */
const timeoutMs = 30 * 60_000;

/** What is measured on this number of keys. */
export interface Block {
  readonly latenciesMs: readonly number[];
  readonly peers: readonly PeerName[];
  /** @default null, which is none */
  readonly limitPerSecond?: number | null;
  /** @default true */
  readonly checkpoints?: boolean;
  /** @default 1 */
  readonly repeats?: number;
  /** @default all */
  readonly operations?: readonly Operation[];
}

const limitPerSecond = 50;
/** The peers that try again after a refusal, and one that does not, to show what happens to it. */
const limited: readonly PeerName[] = ["ours", "naive", "restapi", "direct"];

/** Those with a column of their own in the matrix; the plugin is compared with the dynamic host where it is to be. */
const matrixPeers = peerNames.filter((peer) => peer !== "plugin" && peer !== "yaml");

const withoutRotation = operations.filter((operation) => operation !== "rotate");

/** Everything except the engine's writing of the state, whose time grows with the square of the keys. */
const matrix: readonly (readonly [number, Block])[] = [50, 200, 400, 1000].flatMap((keys) => {
  // With few keys a time is short, and differs more from one run to the next.
  const common = { checkpoints: false, repeats: keys === 50 ? 3 : 1 };
  return [
    [keys, { ...common, latenciesMs: [0, 20, 100], peers: matrixPeers }],
    [keys, { ...common, latenciesMs: [0], limitPerSecond, peers: limited }],
  ];
});

/** As users run it: the engine writes the state at each step. */
const written: readonly (readonly [number, Block])[] = [
  [50, { latenciesMs: [20], peers: enginePeers, repeats: 3 }],
  [50, { latenciesMs: [0, 100], peers: ["ours", "naive"] }],
  [200, { latenciesMs: [20], peers: enginePeers }],
  [200, { latenciesMs: [0], limitPerSecond, peers: ["ours", "naive"], operations: ["up"] }],
  [400, { latenciesMs: [20], peers: enginePeers }],
  [1000, { latenciesMs: [100], peers: ["ours", "naive"], operations: ["refresh"] }],
  [1000, { latenciesMs: [20], peers: ["ours", "floor"], operations: withoutRotation }],
];

/**
 * What `npm run bench` measures by default: about three hours on two cores.
 *
 * Without checkpoints it is everything. With them it is what is to be compared, and each operation at 20 ms beside all
 * peers up to 400 keys; a rotation of 1000 keys would take a quarter of an hour, and twice that of the naive provider.
 */
export function defaultPlan(): CellPlan[] {
  return [...matrix, ...written].flatMap(([keys, block]) => cellsOf(keys, block));
}

/** A user's own selection: each peer with each number of keys and each latency. */
export function selectedPlan(keys: readonly number[], block: Block): CellPlan[] {
  return keys.flatMap((count) => cellsOf(count, block));
}

function cellsOf(keys: number, block: Block): CellPlan[] {
  const { peers, latenciesMs, limitPerSecond: limit = null, repeats = 1, checkpoints = true } = block;
  const common = { repeats, timeoutMs, ...(block.operations && { operations: block.operations }) };
  return peers.flatMap((peer) =>
    (peer === "floor" ? [0] : latenciesMs).map((latencyMs) => ({
      ...cellKeyOf({ peer, keys, latencyMs, limitPerSecond: limit, checkpoints }),
      ...common,
    })),
  );
}
