import type { JournalEntry } from "../../dist/sandbox/index.js";
import type { Traffic } from "./protocol.mts";

/** Milliseconds for which requests that were sent before a refusal was read may still arrive. */
const underWayMs = 50;

/** Sums up a journal. */
export function trafficOf(entries: readonly JournalEntry[]): Traffic {
  const requests: Record<string, number> = {};
  for (const { method } of entries) requests[method] = (requests[method] ?? 0) + 1;
  const firstRefusal = entries.find(isRefused);
  const after = firstRefusal ? entries.filter(({ at }) => at > firstRefusal.at + underWayMs) : [];
  return {
    requests,
    bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
    refused: entries.filter(isRefused).length,
    afterFirstRefusal: { requests: after.length, refused: after.filter(isRefused).length },
    spanMs: (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0),
  };
}

function isRefused({ status }: JournalEntry): boolean {
  return status === 429;
}
