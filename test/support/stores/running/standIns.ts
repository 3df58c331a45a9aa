import type { Target } from "../../../../provider/delivery/store";
import { defineStore } from "../../../../sdk/stores";
import { Authority, canIssue } from "../../http/certificates";
import { AzureStandIn } from "../azureStandIn";
import { Gate } from "../gate";
import { startGitHub } from "../githubStandIn";
import { startGitLab } from "../gitlabStandIn";
import { GoogleStandIn } from "../googleStandIn";
import { startOwnStore } from "../ownStore";
import { member, type StoreCase, valueIn } from "./runningStore";

const named = (place: string) => `XENTREE_${place.toUpperCase()}`;

export const github: StoreCase = {
  name: "github",
  canRun: true,
  async start() {
    const standIn = await startGitHub();
    const gate = await Gate.to(standIn.url);
    return {
      showsValues: false,
      environment: { GITHUB_API_URL: gate.url, GITHUB_TOKEN: "canary-token" },
      gate,
      writes: { first: /^PUT /, last: /^PUT / },
      target: (place) => ({ store: "github", repository: "acme/app", field: named(place) }),
      held: async ({ environment, ...target }) => {
        const part = environment === undefined ? "actions" : `environments/${environment}`;
        const secrets = `/repos/${member(target, "repository")}/${part}/secrets`;
        return standIn.values(secrets)[member(target, "field")];
      },
      stop: () => gate.close(),
    };
  },
};

export const gitlab: StoreCase = {
  name: "gitlab",
  canRun: true,
  async start() {
    const standIn = await startGitLab();
    const gate = await Gate.to(standIn.url);
    const write = /^(POST|PUT) /;
    return {
      showsValues: true,
      environment: { CI_SERVER_URL: gate.url, GITLAB_TOKEN: "canary-token" },
      gate,
      writes: { first: write, last: write },
      target: (place) => ({ store: "gitlab", project: "acme/shop", field: named(place) }),
      held: async (target) => {
        const project = encodeURIComponent(member(target, "project"));
        return standIn.values(`/projects/${project}`)[member(target, "field")];
      },
      stop: () => gate.close(),
    };
  },
};

export const google: StoreCase = {
  name: "google-secret-manager",
  canRun: true,
  async start() {
    const standIn = await new GoogleStandIn().start();
    const versions = (target: Target) =>
      standIn.versions(`projects/${member(target, "project")}/secrets/${member(target, "secret")}`);
    const gate = await Gate.to(standIn.url);
    return {
      showsValues: true,
      environment: { GCE_METADATA_HOST: new URL(standIn.url).host },
      config: { "apikeys:stores.google-secret-manager.endpoint": gate.url },
      gate,
      writes: { first: /^POST \S+(secrets\?|:addVersion)/, last: /^POST \S+:addVersion/ },
      target: (place) => ({ store: "google-secret-manager", project: "ci", secret: place }),
      held: async (target) => valueIn(versions(target).at(-1), target),
      heldBefore: async (target) => valueIn(versions(target).at(-2), target),
      stop: () => gate.close(),
    };
  },
};

export const azure: StoreCase = {
  name: "azure-key-vault",
  canRun: canIssue,
  async start() {
    const authority = new Authority("vaults");
    let gate: Gate | undefined;
    const standIn = await new AzureStandIn().start(authority, async (url, tls) => {
      gate = await Gate.to(url, tls);
      return gate.url;
    });
    if (gate === undefined) throw new Error("There is no gate.");
    const { close } = gate;
    return {
      showsValues: true,
      environment: standIn.environment,
      gate,
      writes: { first: /^PUT /, last: /^PUT / },
      target: (place) => ({ store: "azure-key-vault", vaultUrl: `https://${standIn.host}`, secret: place }),
      held: async (target) => valueIn(standIn.versions(member(target, "secret")).at(-1), target),
      heldBefore: async (target) => valueIn(standIn.versions(member(target, "secret")).at(-2), target),
      stop: async () => {
        await close.call(gate);
        authority.remove();
      },
    };
  },
};

/** A declared store, as docs/delivery.md has one. */
export const declared = (name: string): StoreCase => ({
  name,
  canRun: true,
  async start() {
    const standIn = await startOwnStore();
    const gate = await Gate.to(standIn.url);
    const variable = `APIKEYS_STORE_${name.toUpperCase().replaceAll("-", "_")}`;
    const store = defineStore({
      name,
      headers: { authorization: "Bearer {token}" },
      place: ["project"],
      write: { method: "PUT", path: "/projects/{project}/secrets/{field}", body: { value: "{text}" } },
      read: { method: "GET", path: "/projects/{project}/secrets/{field}", text: "/value" },
      remove: { method: "DELETE", path: "/projects/{project}/secrets/{field}" },
    });
    return {
      showsValues: true,
      environment: { [`${variable}_BASE_URL`]: gate.url, [`${variable}_TOKEN`]: standIn.token },
      gate,
      writes: { first: /^PUT /, last: /^PUT / },
      target: (place) => ({ ...store.place({ project: "shop", field: place }) }),
      held: async (target) => standIn.secrets.get(`${member(target, "project")}/${member(target, "field")}`),
      stop: () => gate.close(),
    };
  },
});
