import type { ServiceDefinitionInput } from "../../../provider/definition/definition";
import { clerk } from "../../../services/definitions/clerk";
import { deepgram } from "../../../services/definitions/deepgram";
import { digitalocean } from "../../../services/definitions/digitalocean";
import { harbor } from "../../../services/definitions/harbor";
import { kong } from "../../../services/definitions/kong";
import { linode } from "../../../services/definitions/linode";
import { ngrok } from "../../../services/definitions/ngrok";
import { openai } from "../../../services/definitions/openai";
import { openrouter } from "../../../services/definitions/openrouter";
import { pinecone } from "../../../services/definitions/pinecone";
import { qdrant } from "../../../services/definitions/qdrant";
import { resend } from "../../../services/definitions/resend";
import { sendgrid } from "../../../services/definitions/sendgrid";
import { workos } from "../../../services/definitions/workos";
import { parse } from "../vendor/definitions";
import { canary, type ServiceCase } from "../vendor/serviceCases";
import { adminCredential, documentVendor, viewerCredential } from "./documentVendor";

type Told = Pick<ServiceCase, "pathParameters" | "inputs" | "drift"> &
  Partial<
    Pick<
      ServiceCase,
      | "change"
      | "refused"
      | "changing"
      | "creating"
      | "renewing"
      | "refreshing"
      | "revoking"
      | "afterRevocation"
      | "forbidden"
    >
  >;

/** A service of the catalog, held to its contract by the vendor that is made of its document. */
function ofDocument(definition: ServiceDefinitionInput, credential: string, told: Told): ServiceCase {
  const as = (value: string) => ({
    ...(credential === "password" && { username: "admin" }),
    [credential]: value,
  });
  return {
    service: definition.name,
    definition: parse(definition),
    standIn: (now) => documentVendor(definition.name, now),
    credentials: as(adminCredential),
    wrong: as(`${canary}-credential`),
    ...(definition.statusHints?.["403"] !== undefined && { forbidden: as(viewerCredential) }),
    afterRevocation: "gone",
    ...told,
  };
}

const name = "ci-0000001";
const expiresAt = "2027-01-31T00:00:00Z";
/** Texts where the documents want something else. */
const refused = { inputs: { name: 7 }, says: "must be string" };
const renamed = { patch: { name: "theirs" }, outputs: { name: "theirs" } };
const uuid = "7d9f3b1e-52a4-4c1e-8f0a-2f6f0a1f9d3c";

export const catalogCases: readonly ServiceCase[] = [
  ofDocument(clerk, "token", {
    pathParameters: { subject: `user_${"2".repeat(27)}` },
    inputs: {
      name,
      description: "Nightly import",
      scopes: ["read", "write"],
      claims: { team: "a" },
      expiresAt,
    },
    refused,
    change: { scopes: ["read"] },
    drift: { patch: { description: "theirs" }, outputs: { description: "theirs" } },
  }),
  ofDocument(deepgram, "apiKey", {
    pathParameters: { projectId: uuid },
    inputs: { name, scopes: ["usage:write"], expiresAt },
    creating: ["POST", "GET"],
    drift: { patch: { scopes: ["admin"] }, outputs: { scopes: ["admin"] } },
  }),
  ofDocument(digitalocean, "token", {
    pathParameters: { agentUuid: uuid },
    inputs: { name },
    refused,
    change: { name: "ci-renamed" },
    changing: ["PUT"],
    renewing: ["PUT"],
    drift: renamed,
  }),
  ofDocument(harbor, "password", {
    pathParameters: {},
    inputs: {
      name,
      description: "Pulls images",
      permissions: [
        { kind: "project", namespace: "shop", access: [{ resource: "repository", action: "pull" }] },
      ],
      expiresAt: "2027-02-01T12:00:00Z",
    },
    refused: { inputs: { name, permissions: "all" }, says: "must be array" },
    creating: ["POST", "GET"],
    renewing: ["PATCH"],
    revoking: ["GET", "DELETE"],
    drift: { patch: { description: "theirs" }, outputs: { description: "theirs" } },
  }),
  ofDocument(kong, "token", {
    pathParameters: { accountId: uuid },
    inputs: { name, expiresAt },
    refused: { inputs: { name, expiresAt: "tomorrow" }, says: "date-time" },
    change: { name: "ci-renamed" },
    revoking: ["GET", "DELETE"],
    drift: { patch: { expires_at: "2026-12-24T00:00:00Z" }, outputs: { expiresAt: "2026-12-24T00:00:00Z" } },
  }),
  ofDocument(linode, "token", {
    pathParameters: {},
    inputs: { name, scopes: ["linodes:read_only", "account:read_only"], expiresAt },
    refused: { inputs: { name: "" }, says: "must NOT have fewer than 1 characters" },
    change: { name: "ci-renamed" },
    changing: ["PUT"],
    drift: { patch: { scopes: "*" }, outputs: { scopes: ["*"] } },
  }),
  ofDocument(ngrok, "token", {
    pathParameters: {},
    inputs: { name, metadata: "{}", ownerId: "usr_1" },
    refused,
    change: { metadata: "{ }" },
    drift: { patch: { metadata: "theirs" }, outputs: { metadata: "theirs" } },
  }),
  ofDocument(openai, "token", {
    pathParameters: {},
    inputs: { name, expiresAt },
    refused,
    drift: { patch: { expires_at: 1798070400 }, outputs: { expiresAt: "2026-12-24T00:00:00Z" } },
  }),
  ofDocument(openrouter, "token", {
    pathParameters: {},
    inputs: { name, limit: 12.5, limitReset: "monthly", includeByokInLimit: true, expiresAt },
    refused,
    change: { limit: 20 },
    // Without a size of its own, its list ends with an empty page.
    refreshing: ["GET", "GET"],
    drift: { patch: { limit: 1000 }, outputs: { limit: 1000 } },
  }),
  ofDocument(pinecone, "token", {
    pathParameters: { projectId: uuid },
    inputs: { name, roles: ["DataPlaneViewer", "ControlPlaneViewer"] },
    refused: { inputs: { name: "" }, says: "must NOT have fewer than 1 characters" },
    change: { roles: ["ProjectViewer"] },
    drift: { patch: { roles: ["ProjectEditor"] }, outputs: { roles: ["ProjectEditor"] } },
  }),
  ofDocument(qdrant, "apiKey", {
    pathParameters: { accountId: uuid, clusterId: uuid },
    inputs: {
      name,
      accessRules: [{ globalAccess: { accessType: "GLOBAL_ACCESS_RULE_ACCESS_TYPE_READ_ONLY" } }],
      expiresAt,
    },
    refused,
    drift: { patch: { accessRules: [] }, outputs: { accessRules: [] } },
  }),
  ofDocument(resend, "token", {
    pathParameters: {},
    inputs: { name, permission: "sending_access", domainId: "d-1" },
    refused: { inputs: { name, permission: "all" }, says: "must be equal to one of the allowed values" },
    creating: ["POST", "GET"],
    change: { name: "ci-renamed" },
    changing: ["PATCH", "GET"],
    drift: renamed,
  }),
  ofDocument(sendgrid, "token", {
    pathParameters: {},
    inputs: { name, scopes: ["mail.send", "alerts.read"] },
    refused,
    change: { scopes: ["mail.send"] },
    changing: ["PUT"],
    drift: renamed,
  }),
  ofDocument(workos, "token", {
    pathParameters: { organizationId: "org_1" },
    inputs: { name, permissions: ["posts:read", "posts:write"], expiresAt },
    refused,
    change: { expiresAt: "2027-02-28T00:00:00Z" },
    changing: ["POST"],
    drift: { patch: { permissions: ["posts:read"] }, outputs: { permissions: ["posts:read"] } },
  }),
];
