import type { Credentials } from "../../../provider/connection/names";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import { resolveService } from "../../../provider/definition/registry";
import type { PathParameters } from "../../../provider/vendor";
import { CREDENTIALS } from "../../../sandbox/credentials";
import type { Sent } from "./sandbox";

/** A word in every wrong credential, so that one search finds any leak. */
export const canary = "canary";

/** A service definition, and what the contract has to know of the vendor that stands in for it. */
export interface ContractCase {
  readonly title: string;
  readonly definition: ServiceDefinition;
  readonly credentials: Credentials;
  /** Credentials that the vendor does not know. */
  readonly wrong: Credentials;
  /** Somebody's who may not manage keys. */
  readonly forbidden: Credentials;
  readonly pathParameters: PathParameters;
  /** Where the vendor itself says that there is no such parent. */
  readonly absentPathParameters?: PathParameters;
  /** Every field that a program can set. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the vendor refuses, and our name of the field that it complains of. */
  readonly refused: { readonly inputs: Readonly<Record<string, unknown>>; readonly property: string };
  /** An address at which a key works. */
  readonly ping: { readonly path: string; readonly as: (value: string) => Sent };
}

const { xentree, applications, sendkit } = CREDENTIALS;
const expiresAt = "2027-01-01T00:00:00Z";
const bearer = (value: string): Sent => ({ bearer: value });
const token = (text: string): Credentials => ({ token: text });

const xentreeByToken: ContractCase = {
  title: "Xentree by token",
  definition: resolveService({ service: "xentree" }),
  credentials: token(xentree.token),
  wrong: token(`${canary}-token`),
  forbidden: token(xentree.memberToken),
  pathParameters: {},
  inputs: {
    name: "ci-0000001",
    permissions: ["chat:read", "chat:write"],
    rateLimitPerMinute: 30,
    expiresAt,
    allowedIps: ["203.0.113.0/24"],
    organizationId: xentree.organizationId,
  },
  refused: { inputs: { name: "ci", rateLimitPerMinute: 0 }, property: "rateLimitPerMinute" },
  ping: { path: "/api/ping", as: bearer },
};

/** One row a definition and way to log in; a row for a definition of the user's own goes here too. */
export const contractCases: readonly ContractCase[] = [
  xentreeByToken,
  {
    ...xentreeByToken,
    title: "Xentree by login",
    credentials: { username: xentree.username, password: xentree.password },
    wrong: { username: xentree.username, password: `${canary}-password` },
  },
  {
    title: "Applications",
    definition: resolveService({ service: "applications" }),
    credentials: token(applications.token),
    wrong: token(`${canary}-token`),
    forbidden: token(applications.viewerToken),
    pathParameters: { applicationId: applications.applicationId },
    absentPathParameters: { applicationId: "123e4567-e89b-12d3-a456-426614174999" },
    inputs: { name: "ci-0000001", permissions: ["read", "write"], expiresAt },
    refused: { inputs: { name: "ci", expiresAt: "soon" }, property: "expiresAt" },
    ping: { path: "/api/v1/ping", as: bearer },
  },
  {
    title: "SendKit",
    definition: resolveService({ service: "sendkit" }),
    credentials: { apiKey: sendkit.apiKey },
    wrong: { apiKey: `sk_user_${canary}` },
    forbidden: { apiKey: sendkit.memberApiKey },
    pathParameters: { workspaceId: sendkit.workspaceId },
    inputs: { name: "ci-0000001" },
    refused: { inputs: { name: "" }, property: "name" },
    ping: { path: "/v1/ping", as: (apiKey) => ({ apiKey }) },
  },
];
