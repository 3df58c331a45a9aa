import { setTimeout } from "node:timers/promises";
import { Unavailable } from "../scripts/engine/unavailable.mts";
import { type Operation, operations, type Peer, type Stack } from "./peers/peer.mts";
import { CommandFailure } from "./process/command.mts";
import type { Cell, CellKey, Measured } from "./results.mts";
import { Vendor } from "./vendor/vendor.mts";

/**
 * A vendor with a limit counts by the second. Each operation begins with an unused second, because an engine takes longer
 * than that to start.
 */
const windowMs = 1_000;

/** A cell to be measured. */
export interface CellPlan extends CellKey {
  readonly repeats: number;
  /** Measured in this order. Without `up` among them, keys are first created in the fastest way. @default all */
  readonly operations?: readonly Operation[];
  /** Milliseconds after which one operation is given up. */
  readonly timeoutMs: number;
}

/** Measures a cell. An operation that fails or takes too long ends it; the cell then says why. */
export async function measureCell(peer: Peer, plan: CellPlan): Promise<Cell> {
  const { peer: name, keys, latencyMs, limitPerSecond, checkpoints, repeats } = plan;
  const wanted = plan.operations ?? operations;
  const found: Partial<Record<Operation, Measured>> = {};
  let stateBytes: number | undefined;
  const cell = (missing?: string): Cell => ({
    peer: name,
    keys,
    latencyMs,
    limitPerSecond,
    checkpoints,
    ...(stateBytes !== undefined && { stateBytes }),
    operations: found,
    ...(missing !== undefined && { missing }),
  });
  try {
    for (let repeat = 0; repeat < repeats; repeat++) {
      await withStack(peer, plan, async (stack, vendor) => {
        if (!wanted.includes("up")) await stack.prepare();
        await vendor.setLatency(latencyMs);
        for (const operation of wanted) {
          if (limitPerSecond !== null) await setTimeout(windowMs);
          found[operation] = await measure(stack, vendor, operation, found[operation]);
          if (operation === "up") stateBytes = stack.stateBytes();
        }
      });
    }
  } catch (error) {
    if (!(error instanceof CommandFailure || error instanceof Unavailable)) throw error;
    return cell(error.message);
  }
  return cell();
}

async function withStack(
  peer: Peer,
  { keys, limitPerSecond, checkpoints, timeoutMs }: CellPlan,
  work: (stack: Stack, vendor: Vendor) => Promise<void>,
): Promise<void> {
  const vendor = await Vendor.start({ latencyMs: 0, limitPerSecond });
  try {
    const stack = await peer.open({ keys, vendor: vendor.address, checkpoints, timeoutMs });
    try {
      await work(stack, vendor);
    } finally {
      await stack.remove();
    }
  } finally {
    await vendor.stop();
  }
}

async function measure(
  stack: Stack,
  vendor: Vendor,
  operation: Operation,
  before: Measured | undefined,
): Promise<Measured> {
  await vendor.takeTraffic();
  const { wallMs, peakMemoryBytes } = await stack.run(operation);
  const peaks = [before?.peakMemoryBytes, peakMemoryBytes].filter((peak) => peak !== undefined);
  return {
    ...(await vendor.takeTraffic()),
    wallMs: [...(before?.wallMs ?? []), wallMs],
    ...(peaks.length > 0 && { peakMemoryBytes: Math.max(...peaks) }),
  };
}
