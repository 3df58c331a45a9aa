import { setPriority } from "node:os";
import { parseArgs } from "node:util";
import type { Log } from "../engine/heartbeat.mts";
import { Unavailable } from "../engine/unavailable.mts";
import { interruptible } from "./interruptible.mts";

/**
 * The main program of a script that builds things by name: all of them, or the one that `--only` names. It prints the
 * folder of each.
 *
 * @param kind what its lines begin with
 */
export async function buildMain<T extends { readonly name: string }>(
  kind: string,
  all: readonly T[],
  ensure: (one: T, log: Log, signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const log = (line: string) => process.stderr.write(`${kind}: ${line}\n`);
  await interruptible(async (signal) => {
    // Builds take all cores for minutes; whoever works beside them goes first.
    setPriority(10);
    for (const one of wanted(all)) process.stdout.write(`${await ensure(one, log, signal)}\n`);
  });
}

function wanted<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  const { only } = parseArgs({ options: { only: { type: "string" } } }).values;
  if (only === undefined) return all;
  const found = all.filter(({ name }) => name === only);
  const names = all.map(({ name }) => name).join(", ");
  if (found.length === 0) throw new Unavailable(`--only is "${only}", not one of ${names}`);
  return found;
}
