import type { Operation } from "../../peers/peer.mts";
import { type Cell, cellKeyOf, isSameCell, type Results } from "../../results.mts";
import type { Table } from "../format.mts";
import { writingTitle } from "../situation.mts";
import { operationTitles } from "../titles.mts";
import { underLimit } from "./limit.mts";
import { besideDynamic } from "./plugin.mts";
import { type Finder, ratio, type Target, time } from "./target.mts";

/** The targets that these results have figures for. */
export function targetsOf(results: Results): Target[] {
  const asUsersRunIt = finderIn(results.cells, true);
  return [
    ...requests(results.cells),
    ...overFloor(asUsersRunIt),
    ...overFloor(finderIn(results.cells, false), `, ${writingTitle(false)}`),
    ...againstNaive(asUsersRunIt),
    ...refreshOfThousand(asUsersRunIt),
    ...besideDynamic(asUsersRunIt),
    ...underLimit(results.cells),
    ...loading(results),
  ];
}

function finderIn(cells: readonly Cell[], checkpoints: boolean): Finder {
  return (peer, keys, latencyMs) => {
    const wanted = cellKeyOf({ peer, keys, latencyMs, limitPerSecond: null, checkpoints });
    return cells.find((cell) => isSameCell(cell, wanted));
  };
}

/** The targets as a table. */
export function targetTable(results: Results): Pick<Table, "header" | "rows"> {
  const rows = targetsOf(results).map(({ target, found, reached }) => [
    target,
    found,
    reached ? "yes" : "**no**",
  ]);
  return { header: ["target", "found", "reached"], rows };
}

/** The exact number of requests by method. The engine refreshes twice: in the preview and after it. */
function requests(cells: readonly Cell[]): Target[] {
  const ours = cells.filter(({ peer, limitPerSecond }) => peer === "ours" && limitPerSecond === null);
  const expected: readonly (readonly [Operation, string, (keys: number) => Record<string, number>])[] = [
    ["up", "one POST a key", (keys) => ({ POST: keys })],
    ["unchanged", "no request", () => ({})],
    ["refresh", "one listing a pass of the engine", () => ({ GET: 2 })],
    ["rotate", "one POST and one DELETE a key", (keys) => ({ POST: keys, DELETE: keys })],
    ["destroy", "one DELETE a key", (keys) => ({ DELETE: keys })],
  ];
  return expected.flatMap(([operation, said, counts]) => {
    const measured = ours.flatMap(({ keys, operations: { [operation]: one } }) =>
      one ? [{ keys, ...one }] : [],
    );
    if (measured.length === 0) return [];
    const exact = measured.filter(({ keys, requests }) => isSame(requests, counts(keys))).length;
    return [
      {
        target: `${operationTitles[operation]}: ${said}`,
        found: `so in ${exact} of ${measured.length} situations`,
        reached: exact === measured.length,
      },
    ];
  });
}

function isSame(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}

function overFloor(cell: Finder, suffix = ""): Target[] {
  return (["up", "refresh", "destroy"] as const).flatMap((operation) => {
    const ours = time(cell("ours", 400, 20), operation);
    const engine = time(cell("floor", 400, 20), operation);
    const sent = time(cell("undici", 400, 20), operation);
    if (ours === undefined || engine === undefined || sent === undefined) return [];
    return [ratio(`${operation} of 400 at 20 ms ÷ (engine + requests)${suffix}`, ours, engine + sent, 1.1)];
  });
}

function againstNaive(cell: Finder): Target[] {
  const [ours, naive] = [cell("ours", 400, 20), cell("naive", 400, 20)];
  const found: Target[] = [];
  if (ours?.stateBytes !== undefined && naive?.stateBytes !== undefined) {
    const share = ours.stateBytes / naive.stateBytes;
    found.push({
      target: "state a key ÷ naive, at most 0.60",
      found: share.toFixed(2),
      reached: share <= 0.6,
    });
  }
  const [own, other] = [time(ours, "up"), time(naive, "up")];
  if (own !== undefined && other !== undefined)
    found.push(ratio("up of 400 at 20 ms ÷ naive", own, other, 0.5));
  return found;
}

function refreshOfThousand(cell: Finder): Target[] {
  const ours = time(cell("ours", 1000, 100), "refresh");
  return (
    [
      ["naive", 0.1],
      ["restapi", 1],
    ] as const
  ).flatMap(([peer, most]) => {
    const other = time(cell(peer, 1000, 100), "refresh");
    if (ours === undefined || other === undefined) return [];
    return [ratio(`refresh of 1000 at 100 ms ÷ ${peer}`, ours, other, most)];
  });
}

function loading({ loading: found }: Results): Target[] {
  if (!found) return [];
  const { providerProcessMs, typeCheckMs } = found;
  return [
    added("provider process: our modules, at most 150 ms", providerProcessMs, 150),
    added("type-check of a program: ours, at most 1 s", typeCheckMs, 1_000),
  ];
}

function added(target: string, { empty, ours }: { empty: number; ours: number }, mostMs: number): Target {
  const more = ours - empty;
  return { target, found: `${Math.round(more)} ms`, reached: more <= mostMs };
}
