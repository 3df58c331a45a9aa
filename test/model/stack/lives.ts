import fc from "fast-check";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { Host } from "../../support/testedHost";
import { connectionNames, deliveries, placesOf } from "./service";
import { noTroubles, type Step } from "./step";
import { faults, troubles } from "./troubles";

/** A name that a program fixes, and that a colleague may use as well. */
const fixedName = "billing";

const grants = fc.constantFrom(["read"], ["read", "write"], ["write", "read"]);

/** Most time of the plugin goes into messages, which are alike in all lives: the lives with it are fewer. */
const host = fc.oneof(
  { weight: 10, arbitrary: fc.constant<Host>("dynamic") },
  { weight: 1, arbitrary: fc.constant<Host>("plugin") },
);

/** What a stack goes through. */
export interface Life {
  /** Whether a new key takes the place of another where only one can be, instead of being refused. */
  readonly displaces: boolean;
  /** Which host each provider process is, in turn: a stack may move from one to the other at any time. */
  readonly hosts: readonly Host[];
  readonly steps: readonly Step[];
}

/** Lives of a stack with keys of this service. */
export function livesOf(definition: ServiceDefinition): fc.Arbitrary<Life> {
  const displaces = definition.kind === "singleton" ? fc.boolean() : fc.constant(false);
  const preview = fc.boolean();
  const replace = fc.oneof(
    { weight: 9, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  );
  const hours = fc.constantFrom(1, 24 * 3, 24 * 40, 24 * 100);
  const name = fc.constantFrom(fixedName, "theirs");
  const step = fc.oneof(
    weighted(6, { do: fc.constant("edit"), key: keysOf(definition), change: changesOf(definition) }),
    withTroubles(10, { do: fc.constant("up"), preview, replace }),
    withTroubles(4, { do: fc.constant("refresh"), preview }),
    withTroubles(1, { do: fc.constant("destroy") }),
    weighted(1, { do: fc.constant("recover"), faults }),
    weighted(2, { do: fc.constant("wait"), hours }),
    weighted(4, { do: fc.constantFrom("revoke", "deactivate", "rotate", "supplant"), key: fc.nat(3) }),
    weighted(1, {
      do: fc.constant("spoil"),
      key: keysOf(definition),
      how: fc.constantFrom("changed", "missing"),
    }),
    weighted(1, { do: fc.constant("issue"), name, place: fc.nat(1) }),
    ...(definition.tenant ? [strangers(1)] : []),
    ...(definition.fields.lastUsedAt ? [weighted(2, { do: fc.constant("use"), key: fc.nat(3) })] : []),
  );
  const steps = fc.array(step, { minLength: 1, maxLength: 30, size: "max" });
  const hosts = fc.array(host, { minLength: 1, maxLength: 6 });
  return fc.record({ displaces, hosts, steps });
}

type Parts = Readonly<Record<string, fc.Arbitrary<unknown>>>;
type Weighted = { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> };

function weighted(weight: number, parts: Parts): Weighted {
  return { weight, arbitrary: fc.record(parts).map((step) => step as Step) };
}

function withTroubles(weight: number, parts: Parts): Weighted {
  const arbitrary = fc
    .tuple(fc.record(parts), troubles)
    .map(([step, more]) => ({ ...step, ...more }) as Step);
  return { weight, arbitrary };
}

/** Commands under the credentials of another tenant. */
function strangers(weight: number): Weighted {
  const step = fc.constantFrom<Step>(
    { do: "refresh", preview: false, ...noTroubles, stranger: true },
    { do: "destroy", ...noTroubles, stranger: true },
  );
  return { weight, arbitrary: step };
}

/** Two keys cannot have the one place of a singleton. */
function keysOf({ kind }: ServiceDefinition): fc.Arbitrary<string> {
  return kind === "singleton" ? fc.constant("ci") : fc.constantFrom("ci", "deploy");
}

/** Changes of a key's declaration, one at a time: it goes, it comes, or one of its arguments does. */
function changesOf(definition: ServiceDefinition): fc.Arbitrary<Extract<Step, { do: "edit" }>["change"]> {
  const { fields, pathParameters } = definition;
  const values: Record<string, fc.Arbitrary<unknown>> = {
    connection: fc.constantFrom(...connectionNames),
    delivery: fc.constantFrom(...deliveries),
    ...(fields.name && { name: fc.constant(fixedName) }),
    ...(fields.lastUsedAt && { revokeWhenIdleFor: fc.constantFrom("2h", "2d") }),
    ...(fields.permissions && { permissions: grants }),
    ...(fields.scopes && { scopes: grants }),
    ...(fields.expiresAt && { expiresIn: fc.constantFrom("90d", "120d") }),
  };
  const changes = Object.entries(values).map(([name, value]) => fc.record({ [name]: fc.option(value) }));
  const moves = Object.keys(pathParameters).length > 0 ? [fc.constantFrom(...placesOf(definition))] : [];
  const turns = fc.record({ rotation: rotationsOf(definition) });
  return fc.oneof({ weight: 4, arbitrary: turns }, fc.constant(null), fc.constant({}), ...changes, ...moves);
}

/** Schedules that `check` accepts, in any combination. */
function rotationsOf({ kind, fields }: ServiceDefinition): fc.Arbitrary<unknown> {
  const parts = {
    every: fc.constantFrom("30d", "60d"),
    triggers: fc.record({ version: fc.nat(2) }),
    revokeNow: fc.constant(true),
    ...(fields.expiresAt && { beforeExpiry: fc.constant("14d") }),
  };
  const overlap = fc.constantFrom("1d", "7d");
  return kind === "singleton"
    ? fc.record(parts, { requiredKeys: [] })
    : fc.oneof(
        fc.record(parts, { requiredKeys: [] }),
        fc.record({ ...parts, overlap }, { requiredKeys: ["overlap"] }),
      );
}
