import { z } from "zod";
import { auths } from "./auth";
import { fields, pathParameter } from "./field";
import { choice, object } from "./object";
import { operations, shared } from "./operation";
import { evidence, headers, name, pathTemplate, pointer } from "./text";

const errorShape = object({
  message: pointer.describe("Where the error's text is. Another body is not of this shape."),
  code: pointer
    .optional()
    .describe("Where the vendor's code is. A number from 400 to 599 must equal the status."),
  details: object({ items: pointer, field: pointer, message: pointer })
    .optional()
    .describe("Where errors of single fields are: the list, and in each item the field's name and the text."),
  notAboutKeys: z
    .array(z.string())
    .optional()
    .describe("Texts of the vendor's router or proxy, which say nothing about a key."),
  evidence: evidence.optional(),
});

const tenant = object({
  field: name.describe("The field that says whose a key is."),
  whoami: object({
    path: pathTemplate.describe("Path, which may hold variables that a login captures. Sent with GET."),
    headers: headers
      .optional()
      .describe("Headers beside the definition's. Their values may hold variables that a login captures."),
    tenant: pointer.describe("Where the response has the tenant."),
    evidence: evidence.optional(),
  })
    .optional()
    .describe("A request that says whose the credentials are, for an empty list."),
});

/** The properties of a definition. */
export const definitionProperties = {
  $schema: z.string().optional().describe("JSON Schema of definitions, for editors."),
  name: z
    .string({ error: "must be text" })
    .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens, starting with a letter")
    .describe("Name in programs, state and messages."),
  title: z
    .string({ error: "must be text" })
    .min(1, "must not be empty")
    .optional()
    .describe("The vendor's name in messages. Default: the name."),
  docs: z.string().optional().describe("The vendor's page."),
  baseUrl: z
    .url({ protocol: /^https?$/, error: "must be a URL, such as https://api.acme.example" })
    .optional()
    .describe("Where requests go, unless the connection says otherwise."),
  path: pathTemplate
    .optional()
    .describe("Path of the keys. POST creates, GET lists, and DELETE of {path}/{keyId} revokes."),
  kind: choice(["collection", "singleton"])
    .optional()
    .describe(
      "A collection has any number of keys for the same path parameters, a singleton at most one. Default: collection.",
    ),
  auth: auths.optional(),
  pathParameters: z
    .record(name, pathParameter)
    .optional()
    .describe("Path variables besides keyId. Each is a required argument; another value means another key."),
  fields: fields
    .optional()
    .describe(
      "The key's fields under our names. Default: id, name (optional) and value (the one-time secret). These have a meaning too: prefix, createdAt, expiresAt, lastUsedAt, lastUsedFrom (where from, such as an address), active.",
    ),
  ...shared,
  operations: operations.optional().describe("What the vendor offers. Default: see `path`."),
  errors: z
    .array(errorShape)
    .min(1)
    .optional()
    .describe(
      "Shapes of the vendor's errors. A 404 of another shape proves nothing. Default: the usual shapes.",
    ),
  statusHints: z
    .record(z.string().regex(/^[45]\d\d$/, "must be an error's status, such as 403"), z.string())
    .optional()
    .describe("What a status means at this vendor, for messages."),
  tenant: tenant.optional().describe("How the provider knows whose keys it sees."),
  uniqueNames: z
    .union([z.boolean(), z.literal("suffix")], { error: 'must be true, false or "suffix"' })
    .optional()
    .describe(
      'Whether the vendor refuses a second key of the same name. true: the old key is revoked first. "suffix": a renewed key is called name-2. Default: false.',
    ),
  reusesIds: z
    .boolean()
    .optional()
    .describe(
      "Whether another key may get the id of a deleted one. Its age is then checked before it is revoked.",
    ),
};

/**
 * One vendor's key API, as data: JSON and nothing else. Only what deviates from common REST needs saying. The three
 * built-in services use nothing here that a user's own definition cannot.
 */
export const serviceSchema = object(definitionProperties);

/** A definition as the schema reads it, its defaults not yet filled in. */
export type WrittenDefinition = z.output<typeof serviceSchema>;
