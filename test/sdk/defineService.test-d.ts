// Compiled by `npm run typecheck`, never run.
import type { Output } from "@pulumi/pulumi";
import { defineService, type ServiceDefinition } from "pulumi-apikeys";
import type { Equal, Proven } from "../support/types";

const acme = defineService({
  name: "acme",
  title: "Acme",
  baseUrl: "https://acme.example",
  kind: "collection",
  auth: [{ scheme: "headers", headers: { "X-Acme-Key": "{apiKey}" } }],
  pathParameters: { projectId: {}, regionId: { format: "uuid" } },
  fields: {
    id: { type: "string" },
    name: { type: "string", input: "optional" },
    purpose: { type: "string", input: "required" },
    scopes: { wire: "scope_list", type: "strings", input: "optional", set: true },
    budget: { type: "integer", input: "required" },
    sandboxed: { type: "boolean", input: "optional" },
    expiresAt: { type: "instant", input: "optional" },
    region: { type: "string" },
    uses: { type: "integer", volatile: true },
    active: { type: "boolean" },
    value: { type: "string" },
  },
  operations: {
    create: { method: "POST", path: "/v1/{projectId}/{regionId}/keys", evidence: "documented" },
    list: { method: "GET", path: "/v1/{projectId}/{regionId}/keys", evidence: "documented" },
    revoke: { method: "DELETE", path: "/v1/{projectId}/{regionId}/keys/{keyId}", evidence: "documented" },
  },
  errors: [{ message: "/message" }],
});

const place = { projectId: "p", regionId: "123e4567-e89b-12d3-a456-426614174000" };
const given = { ...place, purpose: "ci", budget: 5 };

type Key = InstanceType<typeof acme.ApiKey>;

export type Claims = Proven<
  [
    Equal<Key["purpose"], Output<string>>,
    Equal<Key["budget"], Output<number>>,
    Equal<Key["scopes"], Output<string[] | undefined>>,
    Equal<Key["sandboxed"], Output<boolean | undefined>>,
    Equal<Key["expiresAt"], Output<string | undefined>>,
    Equal<Key["region"], Output<string>>,
    Equal<Key["name"], Output<string>>,
    Equal<Key["projectId"], Output<string>>,
    Equal<Key["regionId"], Output<string>>,
    Equal<Key["value"], Output<string>>,
    Equal<Extract<keyof Key, "uses" | "active" | "scope_list">, never>,
    Equal<(typeof acme.definition)["name"], "acme">,
  ]
>;

export const accepted = [
  new acme.ApiKey("least", given),
  new acme.ApiKey("most", { ...given, scopes: ["a"], sandboxed: true, expiresIn: "90d", name: "ci" }),
];

export const refused = [
  // @ts-expect-error a required field is missing
  new acme.ApiKey("a", { ...place, purpose: "ci" }),
  // @ts-expect-error a path parameter is missing
  new acme.ApiKey("a", { projectId: "p", purpose: "ci", budget: 5 }),
  // @ts-expect-error an argument that there is not
  new acme.ApiKey("a", { ...given, scope: ["a"] }),
  // @ts-expect-error a field of another type
  new acme.ApiKey("a", { ...given, budget: "5" }),
  // @ts-expect-error what only the vendor sets
  new acme.ApiKey("a", { ...given, region: "eu" }),
];

/** The least, to be spoilt in one place below. */
const least = {
  name: "least",
  title: "Least",
  kind: "collection",
  auth: [{ scheme: "bearer" }],
  fields: { id: { type: "string" }, name: null, value: { type: "string" } },
  operations: acme.definition.operations,
  errors: [{ message: "/message" }],
} as const satisfies ServiceDefinition;

const timeless = defineService(least);
export const nothingNeeded = new timeless.ApiKey("a", {});
// @ts-expect-error its keys cannot expire
export const mortal = new timeless.ApiKey("a", { expiresIn: "90d" });
// @ts-expect-error its keys have no name
export const named = new timeless.ApiKey("a", { name: "ci" });

/** The operations of the least, with a list that says more. */
const withList = <const M extends object>(more: M) =>
  ({ ...least.operations, list: { ...least.operations.list, ...more } }) as const;
const inPages = <const P>(pagination: P) => withList({ pagination });

export const paginated = [
  { style: "cursor", parameter: "after", next: "/meta/next", hasMore: "/meta/more" } as const,
  { style: "page", parameter: "page", sizeParameter: "per_page", size: 100 } as const,
  { style: "offset", parameter: "skip", first: 1, totalItems: "/total" } as const,
  { style: "link" } as const,
  { style: "link", next: "/links/next" } as const,
].map((pagination) => defineService({ ...least, operations: inPages(pagination) }));

export const filtered = defineService({ ...least, operations: withList({ query: { status: "active" } }) });

export const malformed = [
  // @ts-expect-error a style of pages that there is not
  defineService({ ...least, operations: inPages({ style: "pages" }) }),
  // @ts-expect-error no place of the cursor
  defineService({ ...least, operations: inPages({ style: "cursor", parameter: "after" }) }),
  // @ts-expect-error a constant of the query that is no text
  defineService({ ...least, operations: withList({ query: { limit: 10 } }) }),
  // @ts-expect-error a kind that there is not
  defineService({ ...least, kind: "pair" }),
  // @ts-expect-error a type that there is not
  defineService({ ...least, fields: { ...least.fields, extra: { type: "date" } } }),
  // @ts-expect-error a way to log in that there is not
  defineService({ ...least, auth: [{ scheme: "kerberos" }] }),
  // @ts-expect-error a text where a list is wanted
  defineService({ ...least, errors: "message" }),
];

/** Nothing but what deviates from common REST. */
const short = defineService({
  name: "short",
  baseUrl: "https://short.example",
  path: "/v1/keys",
  fields: {
    value: "key",
    role: { values: ["reader", "writer"], input: "required" },
    expiresAt: { wire: "expires_at", input: "optional" },
    lastUsedAt: "last_used",
  },
});
type ShortKey = InstanceType<typeof short.ApiKey>;

export type ShortClaims = Proven<
  [
    Equal<ShortKey["name"], Output<string>>,
    Equal<ShortKey["role"], Output<"reader" | "writer">>,
    Equal<ShortKey["expiresAt"], Output<string | undefined>>,
    Equal<ShortKey["value"], Output<string>>,
  ]
>;
export const shortKey = new short.ApiKey("a", { role: "reader", expiresIn: "30d", name: "ci" });
// @ts-expect-error a value that there is not
export const otherRole = new short.ApiKey("a", { role: "owner" });

/** As TypeScript types what comes from a JSON file. */
const fromFile = {
  name: "filed" as string,
  path: "/v1/{teamId}/keys" as string,
  pathParameters: { teamId: {} },
  fields: { value: "key" as string, scopes: { type: "strings" as string, input: "required" as string } },
};
const filed = defineService(fromFile);
export const filedKey = new filed.ApiKey("a", { teamId: "t", scopes: ["read"], name: "ci" });
export const filedScopes = filedKey.scopes.apply((scopes) => scopes.length);
// @ts-expect-error an argument that the file does not name
export const misspelt = new filed.ApiKey("a", { teamId: "t", scope: ["read"] });
// @ts-expect-error a path parameter is missing
export const homeless = new filed.ApiKey("a", { scopes: ["read"] });
// biome-ignore lint/suspicious/noExplicitAny: what require() gives
export const untyped = new (defineService(JSON.parse("{}") as any).ApiKey)("a", { anything: 1 });

const transient = defineService({
  name: "transient",
  baseUrl: "https://transient.example",
  path: "/keys",
  fields: { expiresAt: { input: "required" } },
});

/** Where each key has to end, either argument says when. */
export const ends = [
  new transient.ApiKey("moment", { expiresAt: "2027-01-01T00:00:00Z" }),
  new transient.ApiKey("lifetime", { expiresIn: "90d" }),
  // @ts-expect-error neither
  new transient.ApiKey("never", {}),
];
