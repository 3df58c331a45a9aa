// Compiled by `npm run typecheck`, never run: each @ts-expect-error fails the compilation if its line is accepted.
import * as pulumi from "@pulumi/pulumi";
import { applications, defineService, sendkit, xentree } from "pulumi-apikeys";
import type { Equal, Proven } from "../support/types";

const acme = defineService({
  name: "acme",
  title: "Acme",
  kind: "collection",
  auth: [{ scheme: "bearer" }],
  parents: { projectId: {} },
  fields: {
    name: null,
    id: { type: "string" },
    scopes: { type: "strings", input: "required" },
    uses: { type: "integer", volatile: true },
    active: { type: "boolean" },
    value: { type: "string" },
  },
  operations: {
    create: { method: "POST", path: "/v1/{projectId}/keys", evidence: "documented" },
    list: { method: "GET", path: "/v1/{projectId}/keys", evidence: "documented" },
    revoke: { method: "DELETE", path: "/v1/{projectId}/keys/{keyId}", evidence: "documented" },
  },
  errors: [{ message: "/message" }],
});

type Seen = xentree.GetApiKeyResult;
type AcmeKey = Awaited<ReturnType<typeof acme.getApiKey>>;

export type Claims = Proven<
  [
    // What a vendor did not tell is absent; volatile fields are there, and the value never is.
    Equal<Seen["keyId"], string>,
    Equal<Seen["status"], "active" | "revoked" | "expired">,
    Equal<Seen["lastUsedAt"], string | undefined>,
    Equal<Seen["permissions"], string[] | undefined>,
    Equal<Extract<keyof Seen, "value" | "id" | "active">, never>,
    Equal<applications.GetApiKeyResult["applicationId"], string>,
    Equal<AcmeKey["scopes"], string[] | undefined>,
    Equal<AcmeKey["uses"], number | undefined>,
    Equal<AcmeKey["projectId"], string>,
    Equal<ReturnType<typeof xentree.getApiKeys>, Promise<Seen[]>>,
    Equal<ReturnType<typeof xentree.getApiKeyOutput>, pulumi.Output<Seen>>,
    Equal<ReturnType<typeof xentree.getApiKeysOutput>, pulumi.Output<Seen[]>>,
  ]
>;

const text = pulumi.output("text");
const key = new xentree.ApiKey("ci", {});
class Group extends pulumi.ComponentResource {}
const group = new Group("group:index:Group", "group");

export const accepted = [
  xentree.getApiKeys(),
  xentree.getApiKeys({
    name: "ci",
    prefix: "xntr-",
    active: true,
    unusedSince: "90d",
    expiringBefore: "30d",
  }),
  xentree.getApiKeys({ connection: "prod" }, { parent: group }),
  xentree.getApiKey({ keyId: "1" }),
  xentree.getApiKeysOutput({ name: text, active: pulumi.output(true) }, { dependsOn: key }),
  xentree.getApiKeyOutput({ keyId: key.keyId }, { dependsOn: [key] }),
  applications.getApiKeys({ applicationId: "a", expiringBefore: undefined }),
  sendkit.getApiKeyOutput({ workspaceId: text }),
  acme.getApiKeys({ projectId: "p", active: true }),
];

export const refused = [
  // @ts-expect-error no parent
  applications.getApiKeys(),
  // @ts-expect-error no parent
  acme.getApiKey({ active: true }),
  // @ts-expect-error an argument that there is not
  xentree.getApiKeys({ nmae: "ci" }),
  // @ts-expect-error an id where several are looked for
  xentree.getApiKeys({ keyId: "1" }),
  // @ts-expect-error an output where a promise is returned
  xentree.getApiKeys({ name: text }),
  // @ts-expect-error a time in days
  xentree.getApiKeys({ unusedSince: 90 }),
  // @ts-expect-error when its keys were last used, which this vendor does not tell
  applications.getApiKeys({ applicationId: "a", unusedSince: "90d" }),
  // @ts-expect-error an expiry, which SendKit's keys do not have
  sendkit.getApiKeys({ workspaceId: "w", expiringBefore: "30d" }),
  // @ts-expect-error a name, which Acme's keys do not have
  acme.getApiKeys({ projectId: "p", name: "ci" }),
  // @ts-expect-error a component, of which is not known when all in it is there
  xentree.getApiKeysOutput({}, { dependsOn: group }),
];
