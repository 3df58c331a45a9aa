import { z } from "zod";
import { auths } from "./auth";
import { fields, pathParameter } from "./field";
import { choice, object } from "./object";
import { operations, shared } from "./operation";
import { evidence, name, pathTemplate, pointer } from "./text";

const errorShape = object({
  message: pointer.describe(
    "Where the text for people is; a body without a text there is not of this shape.",
  ),
  code: pointer
    .optional()
    .describe("Where the vendor's code is. A number there that could be a status must equal the answer's."),
  details: object({ items: pointer, field: pointer, message: pointer })
    .optional()
    .describe(
      "Where an error speaks of several fields: the list, and in each item the field's name and the text.",
    ),
  notAboutKeys: z
    .array(z.string())
    .optional()
    .describe("Texts that come from the vendor's router or proxy and say nothing about a key."),
  evidence: evidence.optional(),
});

const tenant = object({
  field: name.describe("The field by which a key tells whose it is."),
  whoami: object({ path: pathTemplate, tenant: pointer, evidence: evidence.optional() })
    .optional()
    .describe(
      "A request that tells whose the credentials are, for when the list is empty and no key can tell.",
    ),
});

/** The properties of a definition. */
export const sections = {
  $schema: z.string().optional().describe("Address of the JSON Schema of definitions, for editors."),
  name: z
    .string({ error: "must be text" })
    .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens, starting with a letter")
    .describe("Name in programs, state and messages."),
  title: z
    .string({ error: "must be text" })
    .min(1, "must not be empty")
    .optional()
    .describe("The vendor's name for people. Default: the name."),
  docs: z.string().optional().describe("The published page that this was written from."),
  baseUrl: z
    .url({ protocol: /^https?$/, error: "must be a URL, such as https://api.acme.example" })
    .optional()
    .describe("Where requests go unless a connection says otherwise. Default: every connection must say."),
  path: pathTemplate
    .optional()
    .describe(
      "Path of the keys, from which the usual operations follow: POST creates, GET lists, DELETE of {path}/{keyId} revokes.",
    ),
  kind: choice(["collection", "singleton"])
    .optional()
    .describe(
      "A collection holds any number of keys under the same path parameters, a singleton at most one, whose path names no key. Default: collection.",
    ),
  auth: auths.optional(),
  pathParameters: z
    .record(name, pathParameter)
    .optional()
    .describe("Path variables besides keyId, each a required argument whose change means another key."),
  fields: fields
    .optional()
    .describe(
      "The key's fields under our names. These have a meaning: id, name, prefix, value (the one-time secret), createdAt, expiresAt, lastUsedAt, active. Default: id, name (optional) and value; null takes name away.",
    ),
  ...shared,
  operations: operations.optional().describe("What the vendor offers. Default: what follows from `path`."),
  errors: z
    .array(errorShape)
    .min(1)
    .optional()
    .describe(
      "Shapes of the vendor's errors. A 404 in none of them proves nothing. Default: the usual shapes.",
    ),
  statusHints: z
    .record(z.string().regex(/^[45]\d\d$/, "must be an error's status, such as 403"), z.string())
    .optional()
    .describe("What a status means at this vendor, in words for the user."),
  tenant: tenant.optional().describe("How a key tells whose it is."),
  uniqueNames: z
    .union([z.boolean(), z.literal("suffix")], { error: 'must be true, false or "suffix"' })
    .optional()
    .describe(
      'Whether the vendor refuses a second key of the same name. True: the old key goes first. "suffix": a renewed key gets its number behind its name. Default: false.',
    ),
  reusesIds: z
    .boolean()
    .optional()
    .describe(
      "Whether the id of a deleted key may become another key's, so that its age is looked at before it is revoked.",
    ),
};

/**
 * One vendor's key API, as data: JSON and nothing else. Only what deviates from common REST needs saying. The three
 * built-in services use nothing here that a user's own definition cannot.
 */
export const serviceSchema = object(sections);

/** A definition as it is written; what has a default may be left out. */
export type ServiceDefinitionInput = z.input<typeof serviceSchema>;

/** A definition as the schema reads it, its defaults not yet filled in. */
export type WrittenDefinition = z.output<typeof serviceSchema>;
