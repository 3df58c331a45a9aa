import { datadog as datadogService } from "../../../examples/services/datadog/service";
import { gitea as giteaService } from "../../../examples/services/gitea/service";
import { gitlab as gitlabService } from "../../../examples/services/gitlab/service";
import { grafana as grafanaService } from "../../../examples/services/grafana/service";
import { meilisearch as meilisearchService } from "../../../examples/services/meilisearch/service";
import type { Credentials } from "../../../provider/connection/names";
import type { ServiceDefinition, ServiceDefinitionInput } from "../../../provider/definition/definition";
import type { PathParameters } from "../../../provider/vendor";
import { parse, parseJson } from "./definitions";
import { datadog, datadogApiKey, datadogApplicationKey, datadogReaderKey } from "./standIns/datadog";
import { gitea, giteaPassword, giteaUser } from "./standIns/gitea";
import { gitlab, gitlabDeveloperToken, gitlabToken, projectId } from "./standIns/gitlab";
import { grafana, grafanaToken, grafanaViewerToken, serviceAccountId } from "./standIns/grafana";
import { masterKey, meilisearch } from "./standIns/meilisearch";
import type { StandInApi } from "./standIns/standIn";

type Inputs = Readonly<Record<string, unknown>>;

/** A word in every wrong credential, so that one search finds any leak. */
export const canary = "canary";

/** An example, and what its tests have to know of the vendor that stands in. */
export interface ServiceCase {
  /** The example's folder. */
  readonly example: string;
  readonly definition: ServiceDefinition;
  readonly standIn: (now: () => number) => StandInApi;
  readonly credentials: Credentials;
  /** Credentials that the vendor does not know. */
  readonly wrong: Credentials;
  /** Somebody's who may not manage keys. */
  readonly forbidden?: Credentials;
  readonly pathParameters: PathParameters;
  /** A place that the vendor does not show, and whether it proves that no key is there. */
  readonly elsewhere?: { readonly pathParameters: PathParameters; readonly revoking: "absent" | "unproven" };
  /** All that a program can set. */
  readonly inputs: Inputs;
  /** What the vendor refuses, and what it says of it. */
  readonly refused: { readonly inputs: Inputs; readonly says: string };
  /** A change that needs no other key. */
  readonly change?: Inputs;
  /** What somebody changes in the vendor's own console, and how it shows in the outputs. */
  readonly drift: { readonly patch: Inputs; readonly outputs: Inputs };
  /** What refresh makes of a key that was revoked there: it leaves the state, or stays as revoked. */
  readonly afterRevocation: "gone" | "changed";
  /** Requests of an `up` that creates. Default: one POST. */
  readonly creating?: readonly string[];
  /** Requests of a refresh. Default: one GET. */
  readonly refreshing?: readonly string[];
  /** Requests that revoke; where names are unique, the key is looked at first. Default: one DELETE. */
  readonly revoking?: readonly string[];
}

const expiresAt = "2027-01-31T00:00:00Z";
const name = "ci-0000001";

/** Each example in examples/services, with the vendor that stands in. */
export const serviceCases: readonly ServiceCase[] = [
  {
    example: "datadog",
    definition: definitionOf(datadogService),
    standIn: datadog,
    credentials: { apiKey: datadogApiKey, applicationKey: datadogApplicationKey },
    wrong: { apiKey: datadogApiKey, applicationKey: `${canary}-key` },
    forbidden: { apiKey: datadogApiKey, applicationKey: datadogReaderKey },
    pathParameters: {},
    inputs: { name, category: "agents", remoteConfigReadEnabled: false },
    refused: { inputs: { name: "" }, says: "data.attributes.name is required" },
    change: { category: "proxies" },
    drift: {
      patch: { remote_config_read_enabled: true },
      outputs: { remoteConfigReadEnabled: true },
    },
    afterRevocation: "gone",
  },
  {
    example: "gitea",
    definition: definitionOf(giteaService),
    standIn: gitea,
    credentials: { username: giteaUser, password: giteaPassword },
    wrong: { username: giteaUser, password: `${canary}-password` },
    pathParameters: { username: giteaUser },
    inputs: { name, scopes: ["write:repository", "read:user"] },
    refused: {
      inputs: { name, scopes: ["write|read:repository"] },
      says: "invalid access token scope provided",
    },
    drift: { patch: { scopes: ["all"] }, outputs: { scopes: ["all"] } },
    afterRevocation: "gone",
    // Its pages end with an empty one.
    creating: ["POST", "GET", "GET"],
    refreshing: ["GET", "GET"],
    revoking: ["GET", "GET", "DELETE"],
  },
  {
    example: "gitlab",
    definition: definitionOf(gitlabService),
    standIn: gitlab,
    credentials: { apiKey: gitlabToken },
    wrong: { apiKey: `${canary}-token` },
    forbidden: { apiKey: gitlabDeveloperToken },
    pathParameters: { projectId },
    elsewhere: { pathParameters: { projectId: "acme/hidden" }, revoking: "unproven" },
    inputs: {
      name,
      description: "Pulls the mirror",
      scopes: ["read_repository", "read_api"],
      accessLevel: "reporter",
      expiresAt,
    },
    refused: { inputs: { name, scopes: ["sudo"] }, says: "scopes does not have a valid value" },
    drift: { patch: { access_level: 50 }, outputs: { accessLevel: "owner" } },
    afterRevocation: "changed",
  },
  {
    example: "grafana",
    definition: definitionOf(grafanaService),
    standIn: grafana,
    credentials: { token: grafanaToken },
    wrong: { token: `${canary}-token` },
    forbidden: { token: grafanaViewerToken },
    pathParameters: { serviceAccountId },
    elsewhere: { pathParameters: { serviceAccountId: "3" }, revoking: "absent" },
    inputs: { name, expiresAt },
    refused: { inputs: { name: "" }, says: "bad request data" },
    drift: { patch: { expiration: "2026-12-24T00:00:00Z" }, outputs: { expiresAt: "2026-12-24T00:00:00Z" } },
    afterRevocation: "gone",
    creating: ["POST", "GET"],
    revoking: ["GET", "DELETE"],
  },
  {
    example: "meilisearch",
    definition: parseJson(meilisearchService.definition),
    standIn: meilisearch,
    credentials: { token: masterKey },
    wrong: { token: `${canary}-key` },
    pathParameters: {},
    inputs: {
      name,
      description: "Search",
      actions: ["search", "documents.get"],
      indexes: ["products"],
      expiresAt,
    },
    refused: {
      inputs: { name, actions: ["all of them"], indexes: ["*"] },
      says: "Unknown value at `.actions[0]`",
    },
    change: { description: "Search in the shop" },
    drift: { patch: { description: "Hands off" }, outputs: { description: "Hands off" } },
    afterRevocation: "gone",
  },
];

function definitionOf({ definition }: { readonly definition: ServiceDefinitionInput }): ServiceDefinition {
  return parse(definition);
}
