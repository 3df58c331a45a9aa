import { join } from "node:path";
import { parseArgs } from "node:util";
import { Unavailable } from "../scripts/engine/unavailable.mts";
import type { CellPlan } from "./cell.mts";
import { operations, peerNames } from "./peers/peer.mts";
import { defaultPlan, selectedPlan } from "./plan.mts";

export const help = `Usage: npm run bench [-- <options>]

Measures pulumi-apikeys and what a user would use instead, all against one vendor on this machine, and writes
bench/results.json and docs/performance.svg. Each cell is written as soon as it is measured.

With any of these options the results go to bench/results.partial.json, with its picture beside it:
  --keys <numbers>      such as 50,200. Default with other options: 50
  --latency <numbers>   milliseconds that the vendor takes to answer, such as 0,20,100. Default: 20
  --limit <number>      requests a second beyond which the vendor answers 429. Default: none
  --peers <names>       of ${peerNames.join(", ")}. Default: all
  --operations <names>  of ${operations.join(", ")}. Default: all
  --no-checkpoints      lets Pulumi's engine write the state at the end only; writing takes most of its time otherwise
  --repeats <number>    Default: 1
And:
  --resume              measures only what the results do not have yet, after an interruption
  --help
`;

export interface Options {
  readonly plan: readonly CellPlan[];
  /** Whether everything is measured, also what does not depend on the number of keys. */
  readonly whole: boolean;
  readonly resume: boolean;
  readonly resultsFile: string;
  readonly chartFile: string;
}

const repository = join(import.meta.dirname, "..");

/**
 * @returns undefined when help is asked for
 * @throws {Unavailable} an option is wrong
 */
export function readOptions(args: string[]): Options | undefined {
  const { help: isAskedForHelp, resume = false, ...selection } = parsed(args);
  if (isAskedForHelp) return undefined;
  const whole = Object.keys(selection).length === 0;
  const { keys, latency, limit, peers, repeats, operations: chosen } = selection;
  const plan = whole
    ? defaultPlan()
    : selectedPlan(numbers("keys", keys ?? "50", 1), {
        latenciesMs: numbers("latency", latency ?? "20", 0),
        peers: peers === undefined ? peerNames : names("peers", peers, peerNames),
        limitPerSecond: limit === undefined ? null : (numbers("limit", limit, 1)[0] ?? null),
        repeats: numbers("repeats", repeats ?? "1", 1)[0] ?? 1,
        operations: chosen === undefined ? operations : names("operations", chosen, operations),
        checkpoints: selection["no-checkpoints"] !== true,
      });
  const [resultsFile, chartFile] = whole
    ? ["bench/results.json", "docs/performance.svg"]
    : ["bench/results.partial.json", "bench/results.partial.svg"];
  return {
    plan,
    whole,
    resume,
    resultsFile: join(repository, resultsFile),
    chartFile: join(repository, chartFile),
  };
}

function parsed(args: string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    keys: text,
    latency: text,
    limit: text,
    peers: text,
    repeats: text,
    operations: text,
    "no-checkpoints": flag,
    resume: flag,
    help: flag,
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Unavailable(`${(error as Error).message}\n\n${help}`);
  }
}

function numbers(option: string, value: string, least: number): number[] {
  return value.split(",").map((part) => {
    const number = Number(part);
    if (/^\d+$/.test(part) && number >= least) return number;
    throw new Unavailable(
      `--${option} is "${value}", but has to be whole numbers from ${least} on, such as 50,200.`,
    );
  });
}

function names<Name extends string>(option: string, value: string, known: readonly Name[]): Name[] {
  const given = value.split(",");
  const unknown = given.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined)
    throw new Unavailable(`--${option} names "${unknown}", which is not one of ${known.join(", ")}.`);
  return known.filter((name) => given.includes(name));
}
