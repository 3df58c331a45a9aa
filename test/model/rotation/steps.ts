import fc from "fast-check";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { Step } from "../stack/step";
import { troubles } from "../stack/troubles";

/** What may happen to a key that is renewed with overlap; beside it the machine's clock may be set. */
export type RotationStep = Step | { readonly do: "setClock"; readonly byHours: number };

/** Sequences that begin with a first `up`. Its key keeps its overlap and its place, so that no renewal replaces it. */
export function rotationSteps(definition: ServiceDefinition): fc.Arbitrary<RotationStep[]> {
  const step = fc.oneof(
    { weight: 5, arbitrary: edits(definition) },
    { weight: 10, arbitrary: ups },
    { weight: 2, arbitrary: troubled({ do: "refresh", preview: false }) },
    { weight: 6, arbitrary: fc.constantFrom(1, 24, 24 * 4, 24 * 9, 24 * 31, 24 * 400).map(waits) },
    { weight: 1, arbitrary: fc.constantFrom(-24 * 40, -24, -1, 1, 24).map(setsClock) },
    { weight: 1, arbitrary: fc.constantFrom("revoke", "deactivate").map(ends) },
    ...(definition.fields.lastUsedAt ? [{ weight: 6, arbitrary: fc.nat(1).map(uses) }] : []),
  );
  return fc.array(step, { minLength: 1, maxLength: 16, size: "max" });
}

const waits = (hours: number): RotationStep => ({ do: "wait", hours });
const setsClock = (byHours: number): RotationStep => ({ do: "setClock", byHours });
const uses = (key: number): RotationStep => ({ do: "use", key });
const ends = (how: "revoke" | "deactivate"): RotationStep => ({ do: how, key: 0 });

/** Nobody else's keys are about: what a colleague does under the same name is another property's. */
const withoutRivals = troubles.map(({ faults, ...more }) => ({
  ...more,
  faults: { ...faults, create: faults.create.map((fate) => ({ ...fate, rival: false })) },
}));

function troubled(step: Parted): fc.Arbitrary<RotationStep> {
  return withoutRivals.map((more) => ({ ...step, ...more }));
}

type Parted =
  | { readonly do: "up"; readonly preview: boolean; readonly replace: false }
  | { readonly do: "refresh"; readonly preview: false };

const ups = fc.boolean().chain((preview) => troubled({ do: "up", preview, replace: false }));

/** How long a previous key stays at most, whatever a life draws. */
export const longestOverlapDays = 10;

const rotationParts = {
  overlap: fc.constantFrom("3d", "7d"),
  every: fc.constantFrom("10d", "30d"),
  triggers: fc.nat(2).map((version) => ({ version })),
  revokeNow: fc.boolean(),
};
const unguarded = fc.record(rotationParts, { requiredKeys: ["overlap"], noNullPrototype: true });
const guarded = fc.record(
  {
    ...rotationParts,
    revokeWhenIdleFor: fc.constantFrom("1d", "4d"),
    overlapAtMost: fc.constantFrom("8d", `${longestOverlapDays}d`),
  },
  { requiredKeys: ["overlap", "revokeWhenIdleFor", "overlapAtMost"], noNullPrototype: true },
);

function edits({ fields }: ServiceDefinition): fc.Arbitrary<RotationStep> {
  const changes = [
    (fields.lastUsedAt ? fc.oneof(unguarded, guarded) : unguarded).map((value) => ({ rotation: value })),
    fc.constantFrom(["read"], ["read", "write"]).map((permissions) => ({ permissions })),
    fc.constantFrom("billing", null).map((name) => ({ name })),
    ...(fields.expiresAt ? [fc.constantFrom("60d", "90d", null).map((expiresIn) => ({ expiresIn }))] : []),
  ];
  return fc.oneof(...changes).map((change) => ({ do: "edit", key: "ci", change }));
}
