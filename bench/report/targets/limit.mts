import type { Operation } from "../../peers/peer.mts";
import { type Cell, medianMs } from "../../results.mts";
import { operationTitles } from "../titles.mts";
import { ratio, type Target } from "./target.mts";

/** Measured without the engine, which is slower than the limit once there are many keys. */
export function underLimit(cells: readonly Cell[]): Target[] {
  const limited = cells.filter(({ peer, limitPerSecond }) => peer === "direct" && limitPerSecond !== null);
  if (limited.length === 0) return [];
  const failed = limited.flatMap(({ keys, missing }) =>
    missing === undefined ? [] : [`${keys} keys: ${missing}`],
  );
  const failures = {
    target: "limit: no key fails, no engine",
    found: failed.join("; ") || `none in ${limited.length} situations`,
    reached: failed.length === 0,
  };
  return [failures, ...pacedOperations.flatMap(([operation, sent]) => paced(limited, operation, sent))];
}

/** The operations that send requests, with the number for each key. */
const pacedOperations: readonly (readonly [Operation, number])[] = [
  ["up", 1],
  ["rotate", 2],
  ["destroy", 1],
];

function paced(limited: readonly Cell[], operation: Operation, sent: number): Target[] {
  const measured = limited.flatMap(({ keys, limitPerSecond, operations: { [operation]: one } }) => {
    if (!one || limitPerSecond === null) return [];
    const { requests, refused } = one.afterFirstRefusal;
    const leastMs = ((keys * sent) / limitPerSecond) * 1_000;
    const ms = medianMs(one) ?? 0;
    return [{ keys, ms, leastMs, ratio: ms / leastMs, share: requests === 0 ? 0 : refused / requests }];
  });
  const slowest = measured.toSorted((one, other) => other.ratio - one.ratio)[0];
  const mostRefused = measured.toSorted((one, other) => other.share - one.share)[0];
  if (!slowest || !mostRefused) return [];
  const what = `limit, ${operationTitles[operation]}`;
  return [
    ratio(`${what}, ${slowest.keys} keys ÷ (requests ÷ limit)`, slowest.ms, slowest.leastMs, 1.15),
    {
      target: `${what}: refused after the first 429, at most 1 %`,
      found: `${(mostRefused.share * 100).toFixed(1)} %`,
      reached: mostRefused.share <= 0.01,
    },
  ];
}
