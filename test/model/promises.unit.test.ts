import fc from "fast-check";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { applications, sendkit, xentree } from "../support/vendor/definitions";
import { changing, nameless, reusing, withFields } from "../support/vendor/deviating";
import { sampling } from "./sampling";
import { judge, settle } from "./stack/judge";
import { livesOf } from "./stack/lives";
import { Stack } from "./stack/stack";

type Fields = Record<string, unknown>;

const renamed = (fields: Fields): Fields => ({ ...fields, name: "client" });
const cut = (fields: Fields): Fields => ({ ...fields, name: String(fields.name).slice(0, 8) });

interface Service {
  readonly keys: string;
  readonly definition: ServiceDefinition;
  /** What the vendor makes of the fields that it is asked for. Default: what was asked */
  readonly accept?: (fields: Fields) => Fields;
}

const services: readonly Service[] = [
  ...[xentree, applications, sendkit].map((definition) => ({
    keys: `keys of ${definition.title}`,
    definition,
  })),
  { keys: "keys without names", definition: nameless() },
  { keys: "keys that the vendor all calls the same", definition: withFields({}), accept: renamed },
  { keys: "keys whose names the vendor cuts", definition: withFields({}), accept: cut },
  { keys: "keys whose ids are used again", definition: reusing() },
  {
    keys: "keys that are changed in place, and whose ids are used again",
    definition: changing({ reusesIds: true }),
  },
];
const { seed, runs } = sampling(1_000);

describe.each(services)("whatever happens to $keys,", ({ definition, accept }) => {
  it("the five promises hold, and in the end there is one key for each that is declared", async () => {
    await fc.assert(
      fc.asyncProperty(livesOf(definition), async ({ displaces, hosts, steps }) => {
        const stack = new Stack(definition, displaces, hosts, accept);
        for (const step of steps) expect((await judge(stack, step)).amiss).toEqual([]);
        expect(await settle(stack)).toEqual([]);
      }),
      { numRuns: Math.ceil(runs / services.length), seed },
    );
  });
});
