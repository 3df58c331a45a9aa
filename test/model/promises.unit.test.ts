import fc from "fast-check";
import { applications, sendkit, xentree } from "../support/vendor/definitions";
import { changing, nameless, reusing } from "../support/vendor/deviating";
import { sampling } from "./sampling";
import { judge, settle } from "./stack/judge";
import { livesOf } from "./stack/lives";
import { Stack } from "./stack/stack";

const services = [
  ...[xentree, applications, sendkit].map((definition) => ({
    keys: `keys of ${definition.title}`,
    definition,
  })),
  { keys: "keys without names", definition: nameless() },
  { keys: "keys whose ids are used again", definition: reusing() },
  {
    keys: "keys that are changed in place, and whose ids are used again",
    definition: changing({ reusesIds: true }),
  },
];
const { seed, runs } = sampling(1_670);

describe.each(services)("whatever happens to $keys,", ({ definition }) => {
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
