import { randomInt } from "node:crypto";
import fc from "fast-check";
import { applications, sendkit, xentree } from "../unit/support/definitions";
import { judge, settle } from "./stack/judge";
import { livesOf } from "./stack/lives";
import { Stack } from "./stack/stack";

const services = [xentree, applications, sendkit];
/** Runs of all services together. */
const runs = Number(process.env.APIKEYS_RUNS ?? 1_000);
const seed = Number(process.env.APIKEYS_SEED ?? randomInt(2 ** 31));

beforeAll(() => {
  process.stdout.write(`Property tests: repeat these with APIKEYS_SEED=${seed} npx jest test/model\n`);
});

describe.each(services)("whatever happens to keys of $title,", (definition) => {
  it("the five promises hold, and in the end there is one key for each that is declared", async () => {
    await fc.assert(
      fc.asyncProperty(livesOf(definition), async ({ displaces, steps }) => {
        const stack = new Stack(definition, displaces);
        for (const step of steps) expect((await judge(stack, step)).amiss).toEqual([]);
        expect(await settle(stack)).toEqual([]);
      }),
      { numRuns: Math.ceil(runs / services.length), seed },
    );
  });
});
