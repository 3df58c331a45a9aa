import { z } from "zod";
import { ApiKeysError } from "../base/errors";
import { durationMs, instantMs } from "../base/time";
import { nearestName } from "../base/words";
import { argumentSchemas } from "../definition/arguments";
import type { ServiceDefinition } from "../definition/definition";
import { pick } from "../json/members";
import type { Properties } from "../lifecycle/state/properties";
import type { PathParameters } from "../vendor";
import type { KeyFilter } from "./filter";

/** What a program or a command line wants to see. */
export interface LookupArgs {
  /** Name of the connection. */
  readonly connection: string;
  readonly pathParameters: PathParameters;
  readonly keyId: string | undefined;
  readonly filter: KeyFilter;
}

const text = z.string({ error: "must be text" }).min(1, "must not be empty");
const moment = z
  .string({ error: "must be text" })
  .refine(
    (value) => (instantMs(value) ?? durationMs(value)) !== undefined,
    'must be a date and time with a zone (RFC 3339), such as 2027-01-31T00:00:00Z, or a time span, such as "90d"',
  );

/** Filters, each with the field of a key by which it goes. */
const filters = {
  name: { schema: text, field: "name" },
  prefix: { schema: text, field: "prefix" },
  active: { schema: z.boolean({ error: "must be true or false" }), field: undefined },
  unusedSince: { schema: moment, field: "lastUsedAt" },
  expiringBefore: { schema: moment, field: "expiresAt" },
} as const;

/** Which arguments there are beside `connection` and the path parameters. */
export type Asking = "one" | "many" | "all";

/**
 * Reads the arguments of a look.
 *
 * @param asking for `one` key, by its id or filters, for `many`, by filters, or for `all`
 * @param nowMs from which time spans count, in milliseconds since the epoch
 * @throws {ApiKeysError} INVALID_INPUT, naming every problem
 */
export function readLook(
  definition: ServiceDefinition,
  given: Properties,
  asking: Asking,
  nowMs: number,
): LookupArgs {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const args: Properties = Object.fromEntries(entries);
  const schemas = schemasOf(definition, asking);
  const problems = entries.flatMap(([name, value]) => {
    const schema = schemas.get(name);
    if (schema === undefined) return [unknownArgument(name, schemas.keys())];
    const { error } = schema.safeParse(value);
    return error ? error.issues.map(({ message }) => `${name} ${message}`) : untold(definition, name);
  });
  const pathParameters = Object.keys(definition.pathParameters);
  for (const name of pathParameters) {
    if (args[name] === undefined) problems.push(`${name} is missing: say where the keys belong`);
  }
  if (problems.length > 0) throw new ApiKeysError("INVALID_INPUT", `${problems.join("; ")}.`);
  return {
    connection: (args.connection as string | undefined) ?? definition.name,
    pathParameters: Object.fromEntries(pathParameters.map((name) => [name, args[name] as string])),
    keyId: args.keyId as string | undefined,
    filter: filterOf(
      pick(args, (name) => !pathParameters.includes(name)),
      nowMs,
    ),
  };
}

function filterOf(
  { name, prefix, active, unusedSince, expiringBefore }: Properties,
  nowMs: number,
): KeyFilter {
  return {
    name: name as string | undefined,
    prefix: prefix as string | undefined,
    active: active as boolean | undefined,
    unusedSinceMs: momentMs(unusedSince, (ms) => nowMs - ms),
    expiringBeforeMs: momentMs(expiringBefore, (ms) => nowMs + ms),
  };
}

function schemasOf(definition: ServiceDefinition, asking: Asking): Map<string, z.ZodType> {
  const schemas = new Map<string, z.ZodType>();
  if (asking === "one") schemas.set("keyId", text);
  if (asking !== "all") for (const [name, { schema }] of Object.entries(filters)) schemas.set(name, schema);
  // Last, for a path parameter may have a filter's name.
  const ofKeys = argumentSchemas(definition);
  for (const name of ["connection", ...Object.keys(definition.pathParameters)]) {
    schemas.set(name, ofKeys.get(name) ?? text);
  }
  return schemas;
}

function unknownArgument(name: string, known: Iterable<string>): string {
  const near = nearestName(name, known);
  return `${name} is no argument of it${near === undefined ? "" : `; did you mean ${near}?`}`;
}

/** A filter by what the vendor does not tell would let every key pass, or none. */
function untold({ title, fields, pathParameters }: ServiceDefinition, name: string): string[] {
  const isFilter = Object.hasOwn(filters, name) && !Object.hasOwn(pathParameters, name);
  const field = isFilter ? filters[name as keyof typeof filters].field : undefined;
  if (field === undefined || fields[field] !== undefined) return [];
  return [`${name} cannot be judged: ${title} does not tell the ${field} of its keys`];
}

function momentMs(given: unknown, fromNow: (ms: number) => number): number | undefined {
  const spanMs = durationMs(given);
  return spanMs === undefined ? instantMs(given) : fromNow(spanMs);
}
