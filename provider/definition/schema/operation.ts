import { z } from "zod";
import { conditions, partCondition } from "./condition";
import { choice, object } from "./object";
import { pagination } from "./pagination";
import { member } from "./place";
import { evidence, headers, json, name, pathTemplate, pointer, template } from "./text";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export const method = choice(methods).meta({ id: "method" });

export const encoding = choice(["json", "form"])
  .describe("How the body is sent. Default: json.")
  .meta({ id: "encoding" });

/** What can be said of every operation, or once for all of them. */
export const shared = {
  headers: headers.optional().describe("Headers. Their values may hold {variables}."),
  encoding: encoding.optional(),
  bodyEnvelope: pointer
    .optional()
    .describe("Where a request's body has the key's fields. Default: they are the body."),
  envelope: pointer
    .optional()
    .describe("Where a response has the key, or the list of keys. Default: the whole body."),
  success: conditions.optional().describe("What is true of a success. Default: status 2xx."),
  notFound: conditions
    .optional()
    .describe(
      "What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`.",
    ),
};

const request = {
  method: method.optional().describe("Default: the usual one."),
  path: pathTemplate
    .optional()
    .describe("Path, which may hold {variables}. Default: see `path` of the definition."),
  query: z.record(z.string().min(1), template).optional().describe("Query. Its values may hold {variables}."),
  body: json
    .optional()
    .describe(
      "JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none.",
    ),
  ...shared,
  evidence: evidence.optional(),
};

/** An operation on one key. */
export const operation = object(request).meta({ id: "operation" });

const verify = z
  .boolean()
  .optional()
  .describe(
    "Whether to read the key afterwards, because the response leaves something out or a success proves nothing.",
  );

const rotate = object({ ...request, verify });

export const reveal = object({
  ...request,
  until: conditions
    .optional()
    .describe(
      "What is true of its response once the value is there. Until then it is sent again, for a minute at most. The key's id is then read from this response, as from one to get. Default: it is there at once.",
    ),
}).meta({ id: "reveal" });

/** An operation by which keys are seen may not show all of them. */
const partial = z.literal("partial");

export const create = object({
  ...request,
  identify: choice(["name", "new"])
    .optional()
    .describe("How to find the id that the response lacks in the list: by its name, or as the only new one."),
  verify,
}).meta({ id: "create" });

export const update = object({
  ...request,
  fields: z
    .array(name)
    .min(1)
    .optional()
    .describe("Fields that it changes. Default: all `input` fields that no other update has."),
  sends: choice(["changed", "all"])
    .optional()
    .describe(
      "Which of them it sends; changed: null for one that the program has no more. Default: changed for PATCH, else all.",
    ),
  verify,
}).meta({ id: "update" });

export const get = object({
  ...request,
  completeness: partial.optional().describe("partial: it finds no key for some live ones, too."),
}).meta({ id: "get" });

const incompleteness = z.union(
  [partial, z.literal("uncounted"), object({ cap: z.int().positive().describe("Number of keys.") })],
  { error: 'must be "partial", "uncounted" or { cap }' },
);

const completeness = z.union([incompleteness, z.array(incompleteness).min(1)], {
  error: 'must be "partial", "uncounted" or { cap }, or a list of them',
});

/** Where a list's response holds the keys. */
const listEnvelope = z
  .string({ error: "must be a JSON Pointer, such as /data/keys" })
  .regex(
    /^(\/([^~/]|~[01])*)*$/,
    "must be a JSON Pointer (RFC 6901), in which * stands for each of an object or array",
  );

export const list = object({
  ...request,
  envelope: listEnvelope
    .optional()
    .describe(
      "JSON Pointer to the array or object of keys. The segment * stands for each of an array or object. Default: the definition's.",
    ),
  entries: object({
    key: member.optional().describe("Where the property's name goes."),
    value: member.optional().describe("Where the text or number goes."),
  })
    .optional()
    .describe(
      "For keys that are properties of an object, texts or numbers: where, in an object for each, its property's name (key) and its own text or number (value) go.",
    ),
  only: partCondition.optional().describe("What is true of items that are keys. Others are ignored."),
  pagination: pagination.optional().describe("How it comes in pages. Default: in one."),
  completeness: completeness
    .optional()
    .describe(
      "What the list leaves out. partial: it may lack live keys, so it proves none gone. { cap: 100 }: it shows at most 100, so a full list proves none gone. uncounted: its totals and page signs are wrong. Default: nothing.",
    ),
}).meta({ id: "list" });

export const revoke = object({
  ...request,
  verify,
}).meta({ id: "revoke" });

/** What a vendor offers. */
export const operations = object({
  create: create.optional().describe("Creates a key. Never repeated, unless it provably had no effect."),
  reveal: reveal.optional().describe("Reads the value of a new key, if the response to create lacks it."),
  list: list.nullable().optional().describe("Lists the keys. null: there is no list."),
  get: get.nullable().optional().describe("Reads one key."),
  update: z
    .union([update, z.array(update).min(1)], { error: "must be an update, or a list of them" })
    .optional()
    .describe("Changes fields in place. Default: a change makes another key."),
  rotate: rotate.optional().describe("Gives a key another value. Default: another key replaces it."),
  revoke: revoke.optional().describe("Revokes a key."),
  remove: operation.optional().describe("Deletes a revoked key, if that takes another request."),
}).meta({ id: "operations" });
