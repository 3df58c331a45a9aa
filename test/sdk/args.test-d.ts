// Compiled by `npm run typecheck`, never run: each @ts-expect-error fails the compilation if its line is accepted.
import * as pulumi from "@pulumi/pulumi";
import { applications, sendkit, xentree } from "pulumi-apikeys";

const applicationId = "123e4567-e89b-12d3-a456-426614174000";
const workspaceId = "ws_production";

/** Everything that a program may say. */
export const accepted = [
  new xentree.ApiKey("least", {}),
  new xentree.ApiKey("most", {
    name: "ci",
    organizationId: "7c60d51f-b44e-4682-87d6-449835ea4de6",
    permissions: ["chat:read"],
    rateLimitPerMinute: 60,
    expiresAt: "2027-01-01T00:00:00Z",
    allowedIps: ["203.0.113.0/24"],
    connection: "prod",
    rotation: { every: "30d", triggers: { version: 2, image: pulumi.output("v1"), nested: { list: [1] } } },
    adopt: "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    adoptValue: pulumi.secret("xntr-1"),
  }),
  new xentree.ApiKey("lifetime", { expiresIn: "90d" }, { protect: true }),
  new applications.ApiKey("least", { applicationId }),
  new applications.ApiKey("most", { applicationId, name: "ci", permissions: [], expiresIn: "90d" }),
  new sendkit.ApiKey("least", { workspaceId }),
  new sendkit.ApiKey("most", { workspaceId, name: "ci", rotation: { every: "30d" } }),
];

const text = pulumi.output("text");
const number = Promise.resolve(60);

/** Outputs and promises of other resources, at any depth, and what may turn out to be undefined. */
export const wired = [
  new xentree.ApiKey("outputs", {
    name: text,
    permissions: pulumi.output(["chat:read"]),
    rateLimitPerMinute: number,
    expiresAt: Promise.resolve("2027-01-01T00:00:00Z"),
    allowedIps: [text, Promise.resolve("203.0.113.7")],
    connection: text,
    rotation: pulumi.output({ every: "30d" }),
  }),
  new xentree.ApiKey("undefined", {
    name: undefined,
    permissions: undefined,
    rotation: undefined,
    connection: undefined,
  }),
  new applications.ApiKey("outputs", { applicationId: text, expiresIn: text, rotation: { every: text } }),
  new sendkit.ApiKey("outputs", { workspaceId: Promise.resolve(workspaceId) }),
];

/** Everything that must not compile, one mistake a line. */
export const refused = [
  // @ts-expect-error no arguments at all
  new xentree.ApiKey("a"),
  // @ts-expect-error an argument that there is not
  new xentree.ApiKey("a", { permisions: ["chat:read"] }),
  // @ts-expect-error permissions in one text
  new xentree.ApiKey("a", { permissions: "chat:read" }),
  // @ts-expect-error permissions that are numbers
  new xentree.ApiKey("a", { permissions: [1] }),
  // @ts-expect-error a rate in digits
  new xentree.ApiKey("a", { rateLimitPerMinute: "60" }),
  // @ts-expect-error an output of another type
  new xentree.ApiKey("a", { rateLimitPerMinute: text }),
  // @ts-expect-error a date object
  new xentree.ApiKey("a", { expiresAt: new Date() }),
  // @ts-expect-error a lifetime in days
  new xentree.ApiKey("a", { expiresIn: 90 }),
  // @ts-expect-error what only the vendor sets
  new xentree.ApiKey("a", { prefix: "xntr-" }),
  // @ts-expect-error the value
  new xentree.ApiKey("a", { value: "xntr-1" }),
  // @ts-expect-error the vendor's own spelling
  new xentree.ApiKey("a", { rate_limit_per_minute: 60 }),
  // @ts-expect-error another service's parent
  new xentree.ApiKey("a", { applicationId }),
  // @ts-expect-error a mistyped part of rotation
  new xentree.ApiKey("a", { rotation: { evry: "30d" } }),
  // @ts-expect-error a rotation that is no object
  new xentree.ApiKey("a", { rotation: "30d" }),
  // @ts-expect-error triggers that are a list
  new xentree.ApiKey("a", { rotation: { triggers: ["v1"] } }),
  // @ts-expect-error what check adds
  new xentree.ApiKey("a", { dueAt: "2027-01-01T00:00:00Z" }),
  // @ts-expect-error what the class says by itself
  new xentree.ApiKey("a", { service: "xentree" }),
  // @ts-expect-error null, which means nothing here
  new xentree.ApiKey("a", { name: null }),
  // @ts-expect-error options of another kind
  new xentree.ApiKey("a", {}, { protected: true }),
  // @ts-expect-error no parent
  new applications.ApiKey("a", {}),
  // @ts-expect-error a parent that may be missing
  new applications.ApiKey("a", { applicationId: undefined }),
  // @ts-expect-error a parent that is a number
  new applications.ApiKey("a", { applicationId: 7 }),
  // @ts-expect-error another service's field
  new applications.ApiKey("a", { applicationId, rateLimitPerMinute: 60 }),
  // @ts-expect-error no parent
  new sendkit.ApiKey("a", { name: "ci" }),
  // @ts-expect-error an expiry, which SendKit's keys do not have
  new sendkit.ApiKey("a", { workspaceId, expiresIn: "90d" }),
  // @ts-expect-error a fixed expiry, which SendKit's keys do not have
  new sendkit.ApiKey("a", { workspaceId, expiresAt: "2027-01-01T00:00:00Z" }),
  // @ts-expect-error permissions, which SendKit's keys do not have
  new sendkit.ApiKey("a", { workspaceId, permissions: [] }),
];

export const args: xentree.ApiKeyArgs = { permissions: ["chat:read"] };
export const required: applications.ApiKeyArgs = { applicationId };
// @ts-expect-error the parent is missing
export const incomplete: sendkit.ApiKeyArgs = {};
