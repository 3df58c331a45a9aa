import { randomInt } from "node:crypto";

/**
 * How random lives are drawn. By default the same in every run, so that a change is judged by what it changes;
 * `APIKEYS_SEED=random` draws others, and a number repeats a run.
 *
 * @param defaultRuns of all properties of a file together, unless `APIKEYS_RUNS` says otherwise
 */
export function sampling(defaultRuns: number): { readonly seed: number; readonly runs: number } {
  const { APIKEYS_SEED = "20261124", APIKEYS_RUNS = defaultRuns } = process.env;
  const seed = APIKEYS_SEED === "random" ? randomInt(2 ** 31) : Number(APIKEYS_SEED);
  beforeAll(() => {
    process.stdout.write(`Property tests: repeat these with APIKEYS_SEED=${seed} npx jest test/model\n`);
  });
  return { seed, runs: Number(APIKEYS_RUNS) };
}
