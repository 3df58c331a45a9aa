import fc from "fast-check";
import type { Properties } from "../../../provider/lifecycle";
import type { ServiceDefinition } from "../../../provider/service/definition";
import { connectionNames, placesOf } from "./service";
import {
  type CreateFate,
  type Faults,
  type Kill,
  noTroubles,
  type ReadFate,
  type RevokeFate,
  type Step,
  type Troubles,
} from "./step";

/** A name that a program fixes, and that a colleague may use as well. */
const fixedName = "billing";

/** By how much a list may lag behind a create, in milliseconds: what the lifecycle waits for, and less. */
const lagsMs = [0, 0, 0, 3_000, 10_000];

/** Sequences of what may happen to a stack of keys of this service. */
export function stepsOf(definition: ServiceDefinition): fc.Arbitrary<Step[]> {
  const singleton = definition.kind === "singleton";
  const key = argumentsFor(definition);
  // Two keys cannot have the one place of a singleton.
  const program = singleton
    ? fc.record({ ci: key }, { requiredKeys: [] })
    : fc.record({ ci: key, deploy: key }, { requiredKeys: [] });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant("edit" as const), program }) },
    {
      weight: 10,
      arbitrary: command({ do: fc.constant("up" as const), preview: fc.boolean(), replace: rarely }),
    },
    { weight: 3, arbitrary: command({ do: fc.constant("refresh" as const), preview: fc.boolean() }) },
    { weight: 1, arbitrary: command({ do: fc.constant("destroy" as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("recover" as const), faults }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("wait" as const),
        hours: fc.constantFrom(1, 24 * 40, 24 * 100),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom("revoke" as const, "deactivate" as const), key: fc.nat(3) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("issue" as const),
        name: fc.constantFrom(fixedName, "theirs"),
        place: fc.nat(1),
      }),
    },
  );
  return fc.array(step, { minLength: 1, maxLength: 14, size: "max" });
}

const rarely = fc.oneof(
  { weight: 9, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

/** Arguments of one key, as far as the service has them. */
function argumentsFor(definition: ServiceDefinition): fc.Arbitrary<Properties> {
  const { fields, parents } = definition;
  const rotation = fc.oneof(
    fc.record({ triggers: fc.record({ version: fc.nat(2) }) }),
    fc.constant({ every: "30d" }),
    fc.record({ every: fc.constantFrom("30d", "60d"), triggers: fc.record({ version: fc.nat(1) }) }),
  );
  const possible: Record<string, fc.Arbitrary<unknown>> = {
    connection: fc.constantFrom(...connectionNames),
    rotation,
    name: fc.constant(fixedName),
    ...(fields.permissions && {
      permissions: fc.constantFrom(["read"], ["read", "write"], ["write", "read"]),
    }),
    ...(fields.expiresAt && { expiresIn: fc.constantFrom("30d", "90d") }),
  };
  const place = fc.constantFrom(...placesOf(definition));
  return fc
    .tuple(fc.record(possible, { requiredKeys: [] }), place)
    .map(([asked, where]) => (Object.keys(parents).length > 0 ? { ...asked, ...where } : asked));
}

const createFate: fc.Arbitrary<CreateFate> = fc.record({
  how: fc.constantFrom("served", "refused", "lost before commit", "lost after commit"),
  lagMs: fc.constantFrom(...lagsMs),
});
const readFate = fc.constantFrom<ReadFate>("served", "fails");
const revokeFate = fc.constantFrom<RevokeFate>(
  "served",
  "fails before commit",
  "fails after commit",
  "unproven",
);
const faults: fc.Arbitrary<Faults> = fc.record({
  create: fc.array(createFate, { maxLength: 4 }),
  list: fc.array(readFate, { maxLength: 3 }),
  get: fc.array(readFate, { maxLength: 3 }),
  tenant: fc.array(readFate, { maxLength: 1 }),
  revoke: fc.array(revokeFate, { maxLength: 3 }),
});
const kill: fc.Arbitrary<Kill> = fc.record({
  who: fc.constantFrom("CLI", "provider"),
  request: fc.nat(5),
  moment: fc.constantFrom("before commit", "after commit"),
});
const troubles: fc.Arbitrary<Troubles> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constant(noTroubles),
  },
  { weight: 4, arbitrary: fc.record({ faults }) },
  { weight: 2, arbitrary: fc.record({ faults, kill }) },
);

/** A command with what goes wrong in it. */
function command<T extends object>(
  parts: { [Name in keyof T]: fc.Arbitrary<T[Name]> },
): fc.Arbitrary<T & Troubles> {
  return fc
    .tuple(fc.record(parts), troubles)
    .map(([command, troubles]) => ({ ...command, ...troubles }) as T & Troubles);
}
