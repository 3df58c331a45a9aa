import type { Credentials } from "../../../provider/connection/names";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { PathParameters } from "../../../provider/vendor";
import { datadog as datadogDefinition } from "../../../services/definitions/datadog";
import { gitea as giteaDefinition } from "../../../services/definitions/gitea";
import { gitlab as gitlabDefinition } from "../../../services/definitions/gitlab";
import { grafana as grafanaDefinition } from "../../../services/definitions/grafana";
import { meilisearch as meilisearchDefinition } from "../../../services/definitions/meilisearch";
import { typesense as typesenseDefinition } from "../../../services/definitions/typesense";
import { parse } from "./definitions";
import { datadog, datadogApiKey, datadogApplicationKey, datadogReaderKey } from "./standIns/datadog";
import { gitea, giteaPassword, giteaUser } from "./standIns/gitea";
import { gitlab, gitlabDeveloperToken, gitlabToken, projectId } from "./standIns/gitlab";
import { grafana, grafanaToken, grafanaViewerToken, serviceAccountId } from "./standIns/grafana";
import { masterKey, meilisearch } from "./standIns/meilisearch";
import type { StandInApi } from "./standIns/standIn";
import { bootstrapKey, typesense } from "./standIns/typesense";

type Inputs = Readonly<Record<string, unknown>>;

/** A word in every wrong credential, so that one search finds any leak. */
export const canary = "canary";

/** A service of the catalog, and what its tests have to know of the vendor that stands in. */
export interface ServiceCase {
  readonly service: string;
  readonly definition: ServiceDefinition;
  readonly standIn: (now: () => number) => StandInApi | Promise<StandInApi>;
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
  /** What the vendor refuses, and what it says of it; nothing where its document refuses nothing. */
  readonly refused?: { readonly inputs: Inputs; readonly says: string };
  /** A change that needs no other key. */
  readonly change?: Inputs;
  /** What somebody changes in the vendor's own console, and how it shows in the outputs. */
  readonly drift: { readonly patch: Inputs; readonly outputs: Inputs };
  /** What refresh makes of a key that was revoked there: it leaves the state, or stays as revoked. */
  readonly afterRevocation: "gone" | "changed";
  /** Requests of an `up` that creates. Default: one POST. */
  readonly creating?: readonly string[];
  /** Requests of an `up` that changes what needs no other key. Default: one PATCH. */
  readonly changing?: readonly string[];
  /** Requests of an `up` that renews, where the vendor gives the key another value in place. */
  readonly renewing?: readonly string[];
  /** Requests of a refresh. Default: one GET. */
  readonly refreshing?: readonly string[];
  /** Requests that revoke; where names are unique, the key is looked at first. Default: one DELETE. */
  readonly revoking?: readonly string[];
}

const expiresAt = "2027-01-31T00:00:00Z";
const name = "ci-0000001";

/** The services whose vendors are played by hand, from pages that people read. */
export const serviceCases: readonly ServiceCase[] = [
  {
    service: "datadog",
    definition: parse(datadogDefinition),
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
    service: "gitea",
    definition: parse(giteaDefinition),
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
    service: "gitlab",
    definition: parse(gitlabDefinition),
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
    service: "grafana",
    definition: parse(grafanaDefinition),
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
    service: "meilisearch",
    definition: parse(meilisearchDefinition),
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
  {
    service: "typesense",
    definition: parse(typesenseDefinition),
    standIn: typesense,
    credentials: { apiKey: bootstrapKey },
    wrong: { apiKey: `${canary}-key` },
    pathParameters: {},
    inputs: { name, actions: ["documents:search"], collections: ["products"], expiresAt },
    refused: { inputs: { name: 7, actions: ["*"], collections: ["*"] }, says: "`description` is required" },
    drift: { patch: { actions: ["*"] }, outputs: { actions: ["*"] } },
    afterRevocation: "gone",
  },
];
