import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { Authority, canIssue } from "../../http/certificates";
import { Gate } from "../gate";
import { giteaProgram, startGitea } from "../gitea";
import { giteaSecrets } from "../giteaSecrets";
import { kubernetesPrograms, startKubernetes } from "../kubernetes";
import { canRunMoto, startMoto } from "../moto";
import { startOpenBao } from "../openBao";
import type { StoreCase } from "./runningStore";

/** OpenBao, in the place of Vault. */
export const vault: StoreCase = {
  name: "vault",
  canRun: true,
  async start() {
    const bao = await startOpenBao();
    const gate = await Gate.to(bao.url);
    const write = /^(POST|PUT) \/v1\/kv\/data\//;
    return {
      showsValues: true,
      environment: { VAULT_ADDR: gate.url, VAULT_TOKEN: bao.token },
      gate,
      writes: { first: write, last: write },
      target: (place) => ({ store: "vault", path: `kv/ci/${place}`, field: "token" }),
      held: async (place) => (await bao.read(`ci/${place}`))?.token,
      stop: () => Promise.all([gate.close(), bao.stop()]).then(() => {}),
    };
  },
};

export const kubernetes: StoreCase = {
  name: "kubernetes",
  canRun: kubernetesPrograms !== undefined && canIssue,
  async start() {
    const cluster = await startKubernetes();
    const authority = new Authority("gate");
    const gate = await Gate.to(cluster.url, authority.issue("gate", ["127.0.0.1"]));
    const config = JSON.parse(readFileSync(cluster.kubeconfig, "utf8"));
    config.clusters[0].cluster = { server: gate.url, "certificate-authority": authority.ca.certFile };
    const kubeconfig = path.join(authority.folder, "kubeconfig");
    writeFileSync(kubeconfig, JSON.stringify(config));
    // The probe is a dry run.
    const write = /^PATCH (?!\S*dryRun)/;
    return {
      showsValues: true,
      environment: { KUBECONFIG: kubeconfig },
      gate,
      writes: { first: write, last: write },
      target: (place) => ({ store: "kubernetes", name: place, field: "token" }),
      held: async (place) => (await cluster.read("default", place))?.token,
      stop: async () => {
        await Promise.all([gate.close(), cluster.stop()]);
        authority.remove();
      },
    };
  },
};

const credentials = { accessKeyId: "AKIATESTTESTTESTTEST", secretAccessKey: "canary-aws-secret" };

/** moto behind a gate, and how it is found. */
async function aws(service: string) {
  const moto = await startMoto();
  const gate = await Gate.to(moto.url);
  return {
    client: { region: "eu-central-1", endpoint: moto.url, credentials },
    gate,
    environment: {
      [`AWS_ENDPOINT_URL_${service}`]: gate.url,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    stop: () => Promise.all([gate.close(), moto.stop()]).then(() => {}),
  };
}

export const awsSecretsManager: StoreCase = {
  name: "aws-secrets-manager",
  canRun: canRunMoto,
  async start() {
    const { client, ...running } = await aws("SECRETS_MANAGER");
    const secrets = new SecretsManager(client);
    const at = async (place: string, VersionStage: string) => {
      const asked = { SecretId: `ci/${place}`, VersionStage };
      return (await secrets.getSecretValue(asked).catch(() => undefined))?.SecretString;
    };
    return {
      ...running,
      showsValues: true,
      // A version is written under a label of ours, and becomes the current one after that.
      writes: {
        first: / secretsmanager\.(CreateSecret|PutSecretValue) /,
        last: / secretsmanager\.(CreateSecret|UpdateSecretVersionStage) /,
      },
      target: (place) => ({ store: "aws-secrets-manager", secret: `ci/${place}` }),
      // Where a label was moved, moto still gives the version before to whoever names none, unlike AWS.
      held: (place) => at(place, "AWSCURRENT"),
      heldBefore: (place) => at(place, "AWSPREVIOUS"),
    };
  },
};

export const awsSsmParameter: StoreCase = {
  name: "aws-ssm-parameter",
  canRun: canRunMoto,
  async start() {
    const { client, ...running } = await aws("SSM");
    const parameters = new SSM(client);
    const write = / AmazonSSM\.PutParameter /;
    return {
      ...running,
      showsValues: true,
      writes: { first: write, last: write },
      target: (place) => ({ store: "aws-ssm-parameter", parameter: `/ci/${place}` }),
      held: async (place) => {
        const asked = { Name: `/ci/${place}`, WithDecryption: true };
        return (await parameters.getParameter(asked).catch(() => undefined))?.Parameter?.Value;
      },
      heldBefore: async (place) => {
        const asked = { Name: `/ci/${place}`, WithDecryption: true };
        return (await parameters.getParameterHistory(asked)).Parameters?.at(-2)?.Value;
      },
    };
  },
};

/** Declared by the program, in the place of any store that shows nothing of what it holds. */
export const gitea: StoreCase = {
  name: "gitea",
  canRun: giteaProgram !== undefined,
  async start() {
    const server = await startGitea();
    const gate = await Gate.to(server.url);
    const named = (place: string) => `XENTREE_${place.toUpperCase()}`;
    return {
      showsValues: false,
      environment: { APIKEYS_STORE_GITEA_BASE_URL: gate.url, APIKEYS_STORE_GITEA_TOKEN: server.token },
      gate,
      writes: { first: /^PUT /, last: /^PUT / },
      target: (place) => ({
        ...giteaSecrets.place({ owner: server.user, repository: "app", field: named(place) }),
      }),
      held: async (place) => server.secrets()[named(place)],
      stop: () => Promise.all([gate.close(), server.stop()]).then(() => {}),
    };
  },
};
