import { z } from "zod";
import { durationMs, durationPattern, instantMs } from "../base/time";
import type { FieldDefinition, ServiceDefinition } from "./definition";
import { isLifetime, precisionMs } from "./instantForms";
import { notAmong } from "./schema/object";

const nonEmpty = z.string({ error: "must be text" }).min(1, "must not be empty");
// Any 128 bits will do: vendors make ids whose version and variant no RFC knows.
const uuid = z.guid({ error: "must be a uuid, such as 123e4567-e89b-12d3-a456-426614174000" });
const digits = z
  .string({ error: 'must be text of digits, such as "42"' })
  .regex(/^\d+$/, 'must be digits, such as "42"');
const wholeNumber = "must be a whole number";
const ipRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: "must be an IP address or a CIDR range, such as 203.0.113.0/24",
});
const instant = z
  .string({ error: "must be text" })
  .refine(
    (text) => instantMs(text) !== undefined,
    "must be a date and time with a zone (RFC 3339), such as 2027-01-31T00:00:00Z",
  );
const duration = z
  .string({ error: 'must be text, such as "90d"' })
  .regex(durationPattern, {
    error: 'must be a whole number and a unit (s, m, h, d, w), such as "90d"',
    abort: true,
  })
  .refine((text) => durationMs(text) !== undefined, "must be at most 36500d");
const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `has no ${(issue.keys as string[]).join(", ")}; it has ${Object.keys(shape).join(", ")}`
        : "must be an object",
  });
const rotation = object({
  every: duration.optional(),
  beforeExpiry: duration.optional(),
  overlap: duration.optional(),
  revokeWhenIdleFor: duration.optional(),
  overlapAtMost: duration.optional(),
  revokeNow: z.boolean({ error: "must be true or false" }).optional(),
  warnBeforeExpiry: z
    .union([z.literal("off"), duration], { error: 'must be a lifetime, such as "14d", or "off"' })
    .optional(),
  triggers: z.record(z.string(), z.unknown(), { error: "must be an object of values" }).optional(),
});

/** What the store of each is, and what it needs, the stores' own schemas tell. */
const deliver = z.array(z.looseObject({ store: nonEmpty }, { error: "must be a place with its store" }), {
  error: "must be a list of places",
});

const schemasByDefinition = new WeakMap<ServiceDefinition, ReadonlyMap<string, z.ZodType>>();

/** What each argument of a service's keys must be; messages follow the argument's path. */
export function argumentSchemas(definition: ServiceDefinition): ReadonlyMap<string, z.ZodType> {
  const known = schemasByDefinition.get(definition);
  if (known) return known;
  const schemas = new Map<string, z.ZodType>([
    ["connection", nonEmpty],
    ["expiresIn", lifetimeSchema(definition.fields.expiresAt)],
    ["rotation", rotation],
    ["revokeWhenIdleFor", duration],
    ["adopt", definition.fields.id ? idSchema(definition.fields.id) : nonEmpty],
    ["adoptValue", nonEmpty],
    ["deliver", deliver],
    ["valueInState", z.boolean({ error: "must be true or false" })],
    ["onLostDelivery", z.enum(["rotate", "fail"], { error: 'must be "rotate" or "fail"' })],
    [
      "encryptTo",
      z.array(nonEmpty, { error: "must be a list of recipients" }).min(1, "must name a recipient"),
    ],
  ]);
  for (const [name, parent] of Object.entries(definition.pathParameters)) {
    schemas.set(name, parent.format === "uuid" ? uuid : parent.type === "integer" ? digits : nonEmpty);
  }
  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.input !== undefined) schemas.set(name, among(field, fieldSchema(field)));
  }
  schemasByDefinition.set(definition, schemas);
  return schemas;
}

function fieldSchema(field: FieldDefinition): z.ZodType {
  switch (field.type) {
    case "integer":
      return bounded(
        field,
        z.number({ error: wholeNumber }).refine(Number.isSafeInteger, { error: wholeNumber, abort: true }),
      );
    case "number":
      return bounded(field, z.number({ error: "must be a number" }));
    case "json":
      return z.json({ error: "must be JSON" });
    case "boolean":
      return z.boolean({ error: "must be true or false" });
    case "strings":
      return z.array(textSchema(field), { error: 'must be a list of text, such as ["one", "two"]' });
    case "instant":
      return instant;
    default:
      return textSchema(field);
  }
}

/** Only the values that there are, where the definition lists them; of a list, each item. */
function among({ values, type }: FieldDefinition, schema: z.ZodType): z.ZodType {
  if (!values) return schema;
  const names = [...values.keys()];
  return schema.superRefine((given, context) => {
    for (const [index, value] of [given].flat().entries()) {
      if (values.has(String(value))) continue;
      const path = type === "strings" ? [index] : [];
      context.addIssue({ code: "custom", path, message: notAmong(names, value) });
    }
  });
}

/** A lifetime that the vendor can be asked for. */
function lifetimeSchema(expiresAt: FieldDefinition | undefined): z.ZodType {
  const { lifetimes, as } = expiresAt ?? {};
  if (lifetimes) {
    const names = [...lifetimes.keys()];
    const offered = new Set(names.map(durationMs));
    return duration.refine((text) => offered.has(durationMs(text)), {
      error: ({ input }) => notAmong(names, input),
    });
  }
  const form = as?.request ?? "rfc3339";
  if (!isLifetime(form)) return duration;
  return duration.refine((text) => (durationMs(text) ?? 0) % precisionMs(form) === 0, {
    error: `must be a whole number of ${form.replace("lifetime-", "")}, for this vendor is told so many`,
  });
}

function idSchema(id: FieldDefinition): z.ZodType {
  return id.type === "integer" ? digits : textSchema(id);
}

function bounded({ minimum, maximum }: FieldDefinition, whole: z.ZodNumber): z.ZodType {
  const low = minimum === undefined ? whole : whole.min(minimum, `must be at least ${minimum}`);
  return maximum === undefined ? low : low.max(maximum, `must be at most ${maximum}`);
}

function textSchema(field: FieldDefinition): z.ZodType {
  if (field.format === "uuid") return uuid;
  if (field.format === "ip-range") return ipRange;
  return field.maxLength === undefined
    ? nonEmpty
    : nonEmpty.max(field.maxLength, `must be at most ${field.maxLength} characters long`);
}
