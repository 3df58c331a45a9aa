import fc from "fast-check";
import {
  type CreateFate,
  type Faults,
  type Kill,
  type ListFate,
  noTroubles,
  type ReadFate,
  type RevokeFate,
  type StoreFate,
  type Troubles,
} from "./step";

/**
 * By how much a list may lag behind a create that is answered, in milliseconds: up to what the lifecycle waits for. A
 * vendor whose list lags for longer can have a key dropped that is live, which no promise covers.
 */
const lagsMs = [3_000, 10_000];

/** A create that is not answered may be on its way for longer: until the user's next command. */
const untilNextStep = Number.POSITIVE_INFINITY;

/** Mostly the first. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );
}

const rival = mostly(false, false, false, true);
const createFate: fc.Arbitrary<CreateFate> = fc.oneof(
  fc.record({
    how: fc.constantFrom("served", "refused", "lost before commit"),
    lagMs: mostly(0, ...lagsMs),
    rival,
  }),
  fc.record({
    how: fc.constant("lost after commit"),
    lagMs: fc.constantFrom(0, ...lagsMs, untilNextStep),
    rival,
  }),
);
const listFate = mostly<ListFate>("served", "fails", "cut");
const readFate = mostly<ReadFate>("served", "fails");
const revokeFate = mostly<RevokeFate>("served", "fails before commit", "fails after commit", "unproven");
const storeFate = mostly<StoreFate>("served", "fails before commit", "fails after commit");

export const faults: fc.Arbitrary<Faults> = fc.record({
  create: fc.array(createFate, { maxLength: 4 }),
  list: fc.array(listFate, { maxLength: 3 }),
  get: fc.array(readFate, { maxLength: 3 }),
  tenant: fc.array(readFate, { maxLength: 1 }),
  revoke: fc.array(revokeFate, { maxLength: 3 }),
  store: fc.array(storeFate, { maxLength: 5 }),
});

const kill: fc.Arbitrary<Kill> = fc.record({
  who: fc.constantFrom("CLI", "provider"),
  request: fc.nat(9),
  moment: fc.constantFrom("before commit", "after commit"),
});

export const troubles: fc.Arbitrary<Troubles> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(noTroubles) },
  { weight: 8, arbitrary: fc.record({ faults }) },
  { weight: 4, arbitrary: fc.record({ faults, kill }) },
  { weight: 1, arbitrary: fc.record({ faults, mishap: fc.constantFrom("create", "update") }) },
);
