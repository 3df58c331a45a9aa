import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import type { Target } from "../../../../provider/delivery/store";
import { Authority, canIssue } from "../../http/certificates";
import { Gate } from "../gate";
import { giteaProgram, startGitea } from "../gitea";
import { giteaSecrets } from "../giteaSecrets";
import { kubernetesPrograms, startKubernetes } from "../kubernetes";
import { canRunMoto, startMoto } from "../moto";
import { startOpenBao } from "../openBao";
import { member, type StoreCase, valueField, valueIn } from "./runningStore";

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
      held: async (target) => {
        const secret = await bao.read(member(target, "path").replace(/^kv\//, ""));
        return secret?.[valueField(target) ?? ""];
      },
      stop: () => Promise.all([gate.close(), bao.stop()]).then(() => {}),
    };
  },
};

export const kubernetes: StoreCase = {
  name: "kubernetes",
  canRun: kubernetesPrograms !== undefined && canIssue,
  async start() {
    const cluster = await startKubernetes();
    await cluster.send("POST", "/api/v1/namespaces", { metadata: { name: "ci" } });
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
      target: (place) => ({ store: "kubernetes", namespace: "ci", name: place, field: "token" }),
      held: async (target) => {
        const secret = await cluster.read(member(target, "namespace"), member(target, "name"));
        return secret?.[valueField(target) ?? ""];
      },
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
    const at = async (target: Target, VersionStage: string) => {
      const asked = { SecretId: member(target, "secret"), VersionStage };
      return valueIn((await secrets.getSecretValue(asked).catch(() => undefined))?.SecretString, target);
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
      held: (target) => at(target, "AWSCURRENT"),
      heldBefore: (target) => at(target, "AWSPREVIOUS"),
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
      held: async (target) => {
        const asked = { Name: member(target, "parameter"), WithDecryption: true };
        return (await parameters.getParameter(asked).catch(() => undefined))?.Parameter?.Value;
      },
      heldBefore: async (target) => {
        const asked = { Name: member(target, "parameter"), WithDecryption: true };
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
    return {
      showsValues: false,
      environment: { APIKEYS_STORE_GITEA_BASE_URL: gate.url, APIKEYS_STORE_GITEA_TOKEN: server.token },
      gate,
      writes: { first: /^PUT /, last: /^PUT / },
      target: (place) => ({
        ...giteaSecrets.place({
          owner: server.user,
          repository: "app",
          field: `XENTREE_${place.toUpperCase()}`,
        }),
      }),
      held: async (target) => server.secrets()[member(target, "field")],
      stop: () => Promise.all([gate.close(), server.stop()]).then(() => {}),
    };
  },
};
