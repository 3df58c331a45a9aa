import { z } from "zod";
import { partCondition } from "./condition";
import { choice, object } from "./object";
import { member, place } from "./place";
import { evidence, json, name } from "./text";

const types = ["string", "integer", "number", "boolean", "strings", "instant", "json"] as const;

/** How a moment stands in JSON. */
export const instantForms = [
  "rfc3339", "utc", "date", "epoch-seconds", "epoch-milliseconds",
  "lifetime-seconds", "lifetime-minutes", "lifetime-hours", "lifetime-days", "lifetime-milliseconds",
] as const; // biome-ignore format: one list

/** How a list of texts stands in JSON. */
export const listForms = ["list", "joined", "flags", "lists", "objects"] as const;

const form = choice([...instantForms, ...listForms]).meta({ id: "form" });

const wire = z.union(
  [
    place,
    object({
      create: member.optional().describe("Request to create."),
      update: member.optional().describe("Request to update."),
      created: place.optional().describe("Response to create."),
      rotated: place.optional().describe("Response to rotate."),
      read: place.optional().describe("Response to get and update."),
      listed: place.optional().describe("Item of the list."),
    }),
  ],
  {
    error:
      "must be a name, a JSON Pointer, or an object that says where it stands in create, update, created, rotated, read and listed",
  },
);

/** A field of a key, in full. */
export const field = object({
  wire: wire
    .optional()
    .describe(
      "Its place in the vendor's JSON, or its place in each request and response. Default: our name.",
    ),
  type: choice(types)
    .optional()
    .describe(
      "Its type in programs. instant: RFC 3339 text; strings: list of text. Default: instant for createdAt, expiresAt and lastUsedAt; boolean for active; else string.",
    ),
  input: choice(["required", "optional"])
    .optional()
    .describe("Whether a program may or must set it. Default: the vendor sets it."),
  as: z
    .union([form, object({ request: form.optional(), response: form.optional() })], {
      error: "must be a form, or one for request and response each",
    })
    .optional()
    .describe(
      "Its form in JSON. utc: no zone. lifetime-…: from now. joined: one text. flags: an object of true. lists: an object of lists. Default: rfc3339, list.",
    ),
  separator: z
    .string()
    .min(1)
    .optional()
    .describe(
      'joined: what stands between two texts, default ",". lists: between name and item, default ":".',
    ),
  item: member.optional().describe("objects: where each has the text. Default: name."),
  constants: z.record(z.string(), json).optional().describe("objects: what else each has in requests."),
  values: z
    .union([z.array(z.string()).min(1), z.record(z.string(), json)], {
      error: "must be a list of texts, or an object from our texts to the vendor's JSON",
    })
    .optional()
    .describe("The only values: a list, or an object from ours to the vendor's."),
  lifetimes: z
    .union([z.array(z.string()).min(1), z.record(z.string(), json)], {
      error: 'must be a list of lifetimes such as "30d", or an object from lifetimes to the vendor\'s JSON',
    })
    .optional()
    .describe("expiresAt: the only lifetimes, such as 30d: a list, or an object from ours to the vendor's."),
  countsFrom: z
    .literal("createdAt", { error: "can only be createdAt" })
    .optional()
    .describe("instant: from when a lifetime-… in responses counts. Default: such a lifetime is not read."),
  never: json.optional().describe("instant: what stands for never. Default: nothing is sent."),
  quoted: z.boolean().optional().describe("Whether a number is sent as text."),
  when: partCondition.optional().describe("boolean: true if this is true of the key's object."),
  set: z.boolean().optional().describe("strings: whether order and repetitions mean nothing."),
  expands: z.boolean().optional().describe("strings: whether the vendor adds some, which is no drift."),
  secret: z.boolean().optional().describe("Whether it is a secret in state."),
  writeOnly: z.boolean().optional().describe("Whether responses mask or omit it."),
  volatile: z
    .boolean()
    .optional()
    .describe(
      "Whether it changes by itself, and so is not in state. Default: true for lastUsedAt and lastUsedFrom only.",
    ),
  format: choice(["uuid", "ip-range"]).optional().describe("Form of each text."),
  minimum: z.number().optional().describe("Least number."),
  maximum: z.number().optional().describe("Greatest number."),
  maxLength: z.int().positive().optional().describe("Most characters."),
  description: z.string().optional().describe("What it means, for readers of the definition."),
  evidence: evidence.optional(),
}).meta({ id: "field" });

/** A place of the path that a key belongs to. */
export const pathParameter = object({
  format: choice(["uuid"]).optional().describe("Form of the text."),
  type: choice(["string", "integer"]).optional().describe("Its type in a JSON body. Default: string."),
  description: z.string().optional().describe("What it means, for readers of the definition."),
});

/** A field in full, just its place in the vendor's JSON, or null for a field that the vendor does not have. */
export const fields = z.record(
  name,
  z.union([member, field, z.null()], {
    error: "must be a name, a JSON Pointer, an object, or null for a field that there is not",
  }),
);

export type FieldInput = z.input<typeof field>;
export type FieldType = (typeof types)[number];
export type InstantForm = (typeof instantForms)[number];
export type ListForm = (typeof listForms)[number];
