import type { CellPlan } from "./cell.mts";
import { type Operation, operations, type PeerName } from "./peers/peer.mts";

/** For one operation. */
const timeoutMs = 8 * 60_000;
/** Requests a second of a vendor that counts them. */
const limitPerSecond = 50;

interface Block {
  readonly keys: number;
  readonly latenciesMs: readonly number[];
  readonly peers: readonly PeerName[];
  readonly limitPerSecond?: number;
  readonly repeats?: number;
  readonly operations?: readonly Operation[];
}

const withoutRotation = operations.filter((operation) => operation !== "rotate");

/** Those that no engine slows down. */
const quick: readonly PeerName[] = ["restapi", "undici", "direct"];

/**
 * What `npm run bench` measures when it is not told: about 50 minutes on two cores.
 *
 * The file backend makes the time of every step grow with the keys there are, so that of many keys only what is to be
 * compared is measured: rotation, which writes the state four times a key, of 50 keys, and of 200 of ours; the naive
 * provider's `up` alone beyond 200; our `destroy` of 1000. The rest is measured when it is asked for, in a day. What is
 * compared with the floor is done without a rotation before it, which makes the state larger, by both.
 */
const blocks: readonly Block[] = [
  { keys: 50, latenciesMs: [20], peers: ["ours", "naive", "floor", ...quick], repeats: 3 },
  { keys: 50, latenciesMs: [0, 100], peers: ["ours", "naive", ...quick] },
  { keys: 200, latenciesMs: [20], peers: ["ours", ...quick] },
  { keys: 200, latenciesMs: [20], peers: ["naive", "floor"], operations: withoutRotation },
  {
    keys: 200,
    latenciesMs: [0],
    limitPerSecond,
    peers: ["ours", "naive", "restapi", "direct"],
    operations: ["up"],
  },
  { keys: 400, latenciesMs: [20], peers: ["ours", "floor"], operations: withoutRotation },
  { keys: 400, latenciesMs: [20], peers: ["naive"], operations: ["up"] },
  { keys: 400, latenciesMs: [20], peers: quick },
  { keys: 1000, latenciesMs: [0], peers: ["ours"], operations: ["up", "unchanged", "refresh"] },
  { keys: 1000, latenciesMs: [0], peers: quick },
  { keys: 1000, latenciesMs: [0], limitPerSecond, peers: ["direct"], operations: ["up"] },
  { keys: 1000, latenciesMs: [20], peers: ["ours"], operations: ["destroy"] },
  { keys: 1000, latenciesMs: [100], peers: ["ours", "naive", "restapi", "floor"], operations: ["refresh"] },
];

/** The cells of the default run, small ones first. */
export function defaultPlan(): CellPlan[] {
  return blocks.flatMap(cellsOf);
}

/** A selection of a user's own: each peer at each number of keys and each latency. */
export function selectedPlan(
  keys: readonly number[],
  latenciesMs: readonly number[],
  peers: readonly PeerName[],
  limit: number | null,
  repeats: number,
  chosen: readonly Operation[],
): CellPlan[] {
  return keys.flatMap((count) =>
    cellsOf({
      keys: count,
      latenciesMs,
      peers,
      repeats,
      operations: chosen,
      ...(limit !== null && { limitPerSecond: limit }),
    }),
  );
}

function cellsOf(block: Block): CellPlan[] {
  const { keys, peers, repeats = 1 } = block;
  const common = { keys, repeats, timeoutMs, ...(block.operations && { operations: block.operations }) };
  return peers.flatMap((peer): CellPlan[] => {
    // It sends nothing, so that neither makes a difference.
    if (peer === "floor") return [{ ...common, peer, latencyMs: 0, limitPerSecond: null }];
    const limit = block.limitPerSecond ?? null;
    return block.latenciesMs.map((latencyMs) => ({ ...common, peer, latencyMs, limitPerSecond: limit }));
  });
}
