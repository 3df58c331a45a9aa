import { z } from "zod";
import { checkWhole } from "./definitionRules";
import { pointer } from "./jsonPointer";
import { pagination, parameter } from "./pagination";

/**
 * Whether the vendor's published page says it, or it is what that API would most plausibly do.
 * Assumed parts are listed in the README, and a user who knows better overrides them in a definition of their own.
 */
const evidence = z.enum(["documented", "assumed"]);

const pathTemplate = z
  .string()
  .regex(
    /^\/[^\s?#]*$/,
    "must start with / and hold no white space, query or fragment; variables are {like}{this}",
  );

const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, "must be a camelCase name");

/**
 * What a field's value is on our side of the wire.
 * `instant` is RFC 3339 text, compared as a moment; `strings` is a list of strings.
 */
const fieldType = z.enum(["string", "integer", "boolean", "strings", "instant"]);

const field = z.strictObject({
  /** Name in the vendor's JSON. Default: our own name. */
  wire: z.string().min(1).optional(),
  type: fieldType,
  /** Whether a program may or must set it. Absent: the vendor sets it. */
  input: z.enum(["required", "optional"]).optional(),
  /** A list whose order and repetitions mean nothing. */
  set: z.literal(true).optional(),
  /** Changes without anyone asking, so it stays out of state: refresh would never be quiet. */
  volatile: z.literal(true).optional(),
  /** Form of the text, or of each text in a list. */
  format: z.enum(["uuid", "ip-range"]).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.int().positive().optional(),
  evidence: evidence.default("documented"),
});

const parent = z.strictObject({
  format: z.enum(["uuid"]).optional(),
  description: z.string().optional(),
});

/** How a connection's `token` is sent: `Authorization: Bearer …` (RFC 6750). */
const bearerAuth = z.strictObject({ scheme: z.literal("bearer") });

/** How a connection's `apiKey` is sent: a header of its own. */
const headerAuth = z.strictObject({
  scheme: z.literal("header"),
  header: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "must be a header name (RFC 9110)"),
  /** A credential of any other shape is refused before any request; `reason` says why. */
  accepts: z.strictObject({ pattern: z.string(), reason: z.string() }).optional(),
});

/** How a connection's `username` and `password` become a bearer token, and how that one is renewed. */
const loginAuth = z.strictObject({
  scheme: z.literal("login"),
  login: z.strictObject({ path: pathTemplate, usernameField: z.string(), passwordField: z.string() }),
  refresh: z.strictObject({ path: pathTemplate, tokenField: z.string() }).optional(),
  accessToken: pointer,
  refreshToken: pointer.optional(),
  /** Where the answer tells the access token's lifetime, in seconds. */
  expiresInSeconds: pointer.optional(),
  evidence: evidence.default("documented"),
});

const auth = z.discriminatedUnion("scheme", [bearerAuth, headerAuth, loginAuth]);

const operation = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  path: pathTemplate,
  evidence,
});

const listing = operation.extend({
  /** Query of every page, such as a filter; an address that the vendor names for a page has its own. Default: none. */
  query: z.record(parameter, z.string()).optional(),
  /** Absent: one answer holds all keys, and one that says there is more is an error. */
  pagination: pagination.optional(),
});

const errorShape = z.strictObject({
  /** Where the text for people is; a body without a text there is not of this shape. */
  message: pointer,
  /** Where the vendor's code is. A number there must equal the response's status. */
  code: pointer.optional(),
  details: z.strictObject({ items: pointer, field: pointer, message: pointer }).optional(),
  /** Texts under `message` that come from the vendor's router or proxy and say nothing about a key. */
  notAboutKeys: z.array(z.string()).optional(),
  evidence: evidence.default("documented"),
});

const tenant = z.strictObject({
  /** The field by which a key tells whose it is. */
  field: fieldName,
  /** Who the credentials are, for when the list is empty and no key can tell. */
  whoami: z.strictObject({ path: pathTemplate, tenant: pointer, evidence }).optional(),
});

/**
 * One vendor's key API, as data: JSON and nothing else. The three built-in services use nothing here that a
 * user's own definition cannot.
 */
export const serviceDefinition = z
  .strictObject({
    /** Name in programs, state and messages. */
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens, starting with a letter"),
    /** The vendor's name for people. */
    title: z.string().min(1),
    /** The published page this was written from. */
    docs: z.string().optional(),
    /** Where requests go unless a connection says otherwise. Absent: every connection must say. */
    baseUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** A collection holds any number of keys under a parent; a singleton at most one, whose path names no key. */
    kind: z.enum(["collection", "singleton"]),
    /** The accepted ways to authenticate, by what the connection holds. */
    auth: z.array(auth).min(1),
    /** Path variables besides `keyId`, each a required input whose change means another key. */
    parents: z.record(fieldName, parent).default({}),
    /**
     * The key's fields under our names. These names have a meaning: `id`, `name`, `prefix`, `value` (the
     * one-time secret), `createdAt`, `expiresAt`, `active`.
     */
    fields: z.record(fieldName, field),
    /** Where a success holds the key, or the list of keys. Default: the whole body. */
    envelope: pointer.default(""),
    operations: z.strictObject({
      // Only a POST is never repeated by the client, and a repeated create is an orphan.
      create: operation.extend({ method: z.literal("POST") }),
      list: listing.optional(),
      get: operation.optional(),
      revoke: operation,
    }),
    /** Shapes of the vendor's own errors. A 404 in none of them proves nothing about a key. */
    errors: z.array(errorShape).min(1),
    /** What a status means at this vendor, in words for the user. */
    statusHints: z.record(z.string().regex(/^[45]\d\d$/), z.string()).default({}),
    tenant: tenant.optional(),
    /** Whether the vendor refuses a second key of the same name. */
    uniqueNames: z.boolean().default(false),
  })
  .superRefine(checkWhole);

/** A definition as it is written; what has a default may be left out. */
export type ServiceDefinitionInput = z.input<typeof serviceDefinition>;
/** A definition as the provider uses it. */
export type ServiceDefinition = z.output<typeof serviceDefinition>;
export type FieldDefinition = ServiceDefinition["fields"][string];
export type OperationDefinition = ServiceDefinition["operations"]["revoke"];
export type ListDefinition = NonNullable<ServiceDefinition["operations"]["list"]>;
export type AuthDefinition = ServiceDefinition["auth"][number];
export type ErrorShape = ServiceDefinition["errors"][number];
