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
      create: member.optional().describe("In the request that creates."),
      update: member.optional().describe("In requests that update."),
      created: place.optional().describe("In the answer to create."),
      rotated: place.optional().describe("In the answer to rotate."),
      read: place.optional().describe("In the answers to get and update."),
      listed: place.optional().describe("In an item of the list."),
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
      "Its place in the vendor's JSON: a property's name, a JSON Pointer, or one of them for each operation. Of create, update, created, rotated, read, listed, what is not said is as the one before it, or after it. Default: our own name.",
    ),
  type: choice(types)
    .optional()
    .describe(
      "What it is in programs; instant is RFC 3339 text, strings a list of text, json anything. Default: instant for createdAt, expiresAt and lastUsedAt, boolean for active, else string.",
    ),
  input: choice(["required", "optional"])
    .optional()
    .describe("Whether a program may or must set it. Default: the vendor sets it; a name is optional."),
  as: z
    .union([form, object({ request: form.optional(), response: form.optional() })], {
      error: "must be a form, or one for request and response each",
    })
    .optional()
    .describe(
      "How it stands in JSON. For instants: rfc3339, utc (no zone), date, epoch-seconds, epoch-milliseconds, or lifetime-seconds, -minutes, -hours, -days, -milliseconds from now. For strings: list, joined (one text), flags (an object of true), lists (an object of lists) or objects. Default: rfc3339, list.",
    ),
  separator: z
    .string()
    .min(1)
    .optional()
    .describe(
      'For joined: between two texts, by default ",". For lists: between name and item, by default ":".',
    ),
  item: member.optional().describe("For objects: where each object has the text. Default: name."),
  constants: z
    .record(z.string(), json)
    .optional()
    .describe("For objects: what each object that is sent has beside the text."),
  values: z
    .union([z.array(z.string()).min(1), z.record(z.string(), json)], {
      error: "must be a list of texts, or an object from our texts to the vendor's JSON",
    })
    .optional()
    .describe("The values that there are: a list, or an object from ours to the vendor's JSON."),
  lifetimes: z
    .union([z.array(z.string()).min(1), z.record(z.string(), json)], {
      error: 'must be a list of lifetimes such as "30d", or an object from lifetimes to the vendor\'s JSON',
    })
    .optional()
    .describe(
      "For expiresAt: the only lifetimes that there are, sent as they are or as the form of the request says, or an object from them to the vendor's JSON.",
    ),
  never: json
    .optional()
    .describe("For instants: what is sent, and told, for never. Default: nothing is sent."),
  quoted: z.boolean().optional().describe("Whether a number is sent as text."),
  when: partCondition
    .optional()
    .describe(
      "For booleans that the vendor tells otherwise: it is true where this holds of the key's object.",
    ),
  set: z.boolean().optional().describe("For strings: whether order and repetitions mean nothing."),
  expands: z
    .boolean()
    .optional()
    .describe("For strings: whether the vendor adds some of its own, which is then no drift."),
  secret: z.boolean().optional().describe("Whether it is kept as a secret."),
  writeOnly: z
    .boolean()
    .optional()
    .describe("Whether what the vendor tells of it is not to be believed: masked, empty or nothing."),
  volatile: z
    .boolean()
    .optional()
    .describe(
      "Whether it changes without anyone asking, so that it stays out of state. True for lastUsedAt.",
    ),
  format: choice(["uuid", "ip-range"]).optional().describe("Form of the text, or of each text in a list."),
  minimum: z.number().optional().describe("Least number."),
  maximum: z.number().optional().describe("Greatest number."),
  maxLength: z.int().positive().optional().describe("Most characters of the text."),
  description: z.string().optional().describe("What it means, for readers of the definition."),
  evidence: evidence.optional(),
}).meta({ id: "field" });

/** A place of the path that a key belongs to. */
export const pathParameter = object({
  format: choice(["uuid"]).optional().describe("Form of the text."),
  type: choice(["string", "integer"]).optional().describe("How it stands in a JSON body. Default: string."),
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
