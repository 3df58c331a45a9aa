import type { CellPlan } from "./cell.mts";
import type { Operation, PeerName } from "./peers/peer.mts";

const timeoutMs = 5 * 60_000;
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

const everything: readonly Operation[] = ["up", "unchanged", "refresh", "rotate", "destroy"];
const withoutRotation = everything.filter((operation) => operation !== "rotate");

/**
 * What `npm run bench` measures when it is not told: about 25 minutes on two cores.
 *
 * The file backend makes the time of `up` grow with the square of the keys, so that whatever is not needed for a
 * comparison is left out where there are many: the naive provider beyond `up` of 400, and rotation of 1000.
 */
const blocks: readonly Block[] = [
  { keys: 50, latenciesMs: [20], peers: ["ours", "naive", "restapi", "undici", "direct"], repeats: 3 },
  { keys: 50, latenciesMs: [0], peers: ["floor"], repeats: 3 },
  { keys: 50, latenciesMs: [0, 100], peers: ["ours", "naive", "restapi", "undici", "direct"] },
  { keys: 200, latenciesMs: [20], peers: ["ours", "naive", "restapi", "undici", "direct"] },
  { keys: 200, latenciesMs: [0], peers: ["floor"] },
  { keys: 200, latenciesMs: [0, 100], peers: ["ours", "restapi", "undici", "direct"] },
  { keys: 200, latenciesMs: [0], limitPerSecond, peers: ["ours", "naive", "restapi", "direct"] },
  { keys: 400, latenciesMs: [20], peers: ["ours", "restapi", "undici", "direct"] },
  { keys: 400, latenciesMs: [20], peers: ["naive"], operations: ["up"] },
  { keys: 400, latenciesMs: [0], peers: ["floor"] },
  { keys: 1000, latenciesMs: [0], peers: ["ours"], operations: withoutRotation },
  { keys: 1000, latenciesMs: [0], peers: ["restapi", "undici", "direct"] },
  { keys: 1000, latenciesMs: [0], limitPerSecond, peers: ["direct"] },
  { keys: 1000, latenciesMs: [100], peers: ["ours", "naive", "restapi"], operations: ["refresh"] },
];

/** The cells of the default run, small ones first. */
export function defaultPlan(): CellPlan[] {
  return blocks.flatMap(cellsOf);
}

/** A selection of a user's own: each peer at each number of keys and each latency, with every operation. */
export function selectedPlan(
  keys: readonly number[],
  latenciesMs: readonly number[],
  peers: readonly PeerName[],
  limit: number | null,
  repeats: number,
): CellPlan[] {
  return keys.flatMap((count) =>
    cellsOf({
      keys: count,
      latenciesMs,
      peers,
      repeats,
      ...(limit !== null && { limitPerSecond: limit }),
    }),
  );
}

function cellsOf(block: Block): CellPlan[] {
  const { keys, peers, repeats = 1, operations } = block;
  const common = { keys, repeats, timeoutMs, ...(operations && { operations }) };
  return peers.flatMap((peer): CellPlan[] => {
    // It sends nothing, so that neither makes a difference.
    if (peer === "floor") return [{ ...common, peer, latencyMs: 0, limitPerSecond: null }];
    const limit = block.limitPerSecond ?? null;
    return block.latenciesMs.map((latencyMs) => ({ ...common, peer, latencyMs, limitPerSecond: limit }));
  });
}
