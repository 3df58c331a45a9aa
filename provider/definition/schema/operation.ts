import { z } from "zod";
import { conditions, partCondition } from "./condition";
import { choice, object } from "./object";
import { pagination } from "./pagination";
import { member } from "./place";
import { evidence, headers, json, name, pathTemplate, pointer, template } from "./text";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export const method = choice(methods).meta({ id: "method" });

export const encoding = choice(["json", "form"])
  .describe("How a request's body is sent. Default: json.")
  .meta({ id: "encoding" });

/** What can be said of every operation, or once for all of them. */
export const shared = {
  headers: headers.optional().describe("Headers that are sent, their values with {variables}."),
  encoding: encoding.optional(),
  bodyEnvelope: pointer
    .optional()
    .describe("Where a request's body holds the fields of the key. Default: they are the body."),
  envelope: pointer
    .optional()
    .describe("Where an answer holds the key, or the list of keys. Default: the whole body."),
  success: conditions.optional().describe("What is true of a success. Default: its status is 2xx."),
  notFound: conditions
    .optional()
    .describe(
      "What is true of the vendor's word that there is no such key. Default: status 404 and a body in one of the vendor's error shapes.",
    ),
};

const request = {
  method: method.optional().describe("Default: the usual one."),
  path: pathTemplate
    .optional()
    .describe("Path with {variables}, appended to the base URL. Default: the usual one below `path`."),
  query: z
    .record(z.string().min(1), template)
    .optional()
    .describe("Query, its values with {variables}. Default: none."),
  body: json
    .optional()
    .describe(
      "What the body has beside the fields: JSON whose texts may hold {variables}. A text that is one variable becomes its value, a number where that is one; what has no value is left out.",
    ),
  ...shared,
  evidence: evidence.optional(),
};

/** An operation on one key. */
export const operation = object(request).meta({ id: "operation" });

const readBack = z
  .boolean()
  .optional()
  .describe(
    "Whether the key is looked at afterwards, for the answer tells too little or nothing of it. What even that does not tell counts as ignored by the vendor, unless it is writeOnly.",
  );

const rotate = object({ ...request, readBack });

export const create = object({
  ...request,
  identify: choice(["name", "new"])
    .optional()
    .describe(
      "How the key's id is found where the answer has none: in the list, by its name, or as the only id that was not there before.",
    ),
  readBack,
}).meta({ id: "create" });

export const update = object({
  ...request,
  fields: z
    .array(name)
    .min(1)
    .optional()
    .describe(
      "The fields that it changes. Default: all that a program can set, but for what another update has.",
    ),
  sends: choice(["changed", "all"])
    .optional()
    .describe(
      "Which of its fields are sent: changed, of which one that is no longer asked for goes as null, or all that are asked for. Default: changed for PATCH, else all.",
    ),
  readBack,
}).meta({ id: "update" });

export const get = object({
  ...request,
  provesAbsence: z
    .boolean()
    .optional()
    .describe("False where it also says of live keys that there are none. Default: true."),
}).meta({ id: "get" });

export const list = object({
  ...request,
  items: z
    .string()
    .regex(
      /^(\/([^~/]|~[01])*)*$/,
      "must be a JSON Pointer, in which * stands for each of an object or array",
    )
    .optional()
    .describe(
      "Where the keys are: a JSON Pointer to an array or object, in which the segment * stands for each of them. Default: the envelope.",
    ),
  keyedBy: member
    .optional()
    .describe(
      "For keys that are the values of an object: under which name each is given its property's name.",
    ),
  scalarAs: member
    .optional()
    .describe("For keys that are mere texts or numbers: under which name each is given its value."),
  only: partCondition
    .optional()
    .describe("What is true of the items that count; others are no keys of this kind."),
  pagination: pagination
    .optional()
    .describe(
      "How it comes in pages. Default: one answer holds all keys, and one that says there is more is an error.",
    ),
  totals: z
    .literal("ignored")
    .optional()
    .describe("For a list whose answers count wrongly or speak of pages that there are not."),
  cap: z
    .int()
    .positive()
    .optional()
    .describe(
      "The most keys that it ever shows, whatever there are: one with fewer proves what it lacks to be absent, a full one proves nothing. Default: it shows all.",
    ),
  provesAbsence: z
    .boolean()
    .optional()
    .describe("False where it may lack live keys, however few it shows. Default: true."),
}).meta({ id: "list" });

export const revoke = object({
  ...request,
  confirm: z
    .boolean()
    .optional()
    .describe("Whether the key is looked at afterwards, for a success proves nothing."),
}).meta({ id: "revoke" });

/** What a vendor offers. */
export const operations = object({
  create: create.optional().describe("Creates a key. Never repeated unless it provably had no effect."),
  reveal: operation
    .optional()
    .describe(
      "Tells the value of a key that has just been created, where the answer to create does not. Default: it does.",
    ),
  list: list.nullable().optional().describe("Lists the keys. Null: there is none."),
  get: get.nullable().optional().describe("Reads one key. Default: none."),
  update: z
    .union([update, z.array(update).min(1)], { error: "must be an update, or a list of them" })
    .optional()
    .describe("Changes fields of a key in place. Default: a changed field asks for another key."),
  rotate: rotate
    .optional()
    .describe("Gives a key another value. Default: a key is renewed by creating another."),
  revoke: revoke.optional().describe("Ends a key, by DELETE or otherwise."),
  remove: operation
    .optional()
    .describe(
      "Deletes what is left of a key after revoke, where that takes two steps. Default: nothing is left.",
    ),
}).meta({ id: "operations" });
