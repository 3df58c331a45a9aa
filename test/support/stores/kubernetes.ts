import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { Authority } from "../http/certificates";
import { builtStore } from "./built";
import { freePort, quietly, startServer } from "./server";

/** Where `npm run stores` has put the programs; undefined where it was never run. */
export const kubernetesPrograms = builtStore("kubernetes");

/** What the cluster answers is its own business. */
// biome-ignore lint/suspicious/noExplicitAny: as said
type Answer = any;

/** A real cluster but for nodes: etcd, kube-apiserver with RBAC and, if asked for, the garbage collector. */
export interface Kubernetes {
  readonly url: string;
  /** Kubeconfig of its administrator. */
  readonly kubeconfig: string;
  /** Sends a request as its administrator. */
  send(
    method: string,
    path: string,
    body?: unknown,
    contentType?: string,
  ): Promise<{ status: number; body: Answer }>;
  /** The fields of a Secret; undefined where there is none. */
  read(namespace: string, name: string): Promise<Record<string, string> | undefined>;
  /** Kubeconfig of another user, by default without any rights. */
  kubeconfigFor(user: string, namespace?: string): string;
  /** The client certificate of a user, and its key: base64 of PEM, as a kubeconfig has them. */
  certificateFor(user: string): { readonly cert: string; readonly key: string };
  stop(): Promise<void>;
}

const tokens = { admin: "admin-token-of-these-tests", developer: "developer-token-of-these-tests" };

/** @param options.collectsGarbage whether deletions with foreground propagation end, for which others wait */
export async function startKubernetes(
  options: { readonly collectsGarbage?: boolean } = {},
): Promise<Kubernetes> {
  if (kubernetesPrograms === undefined) throw new Error("Run `npm run stores` first.");
  const program = (name: string) => path.join(kubernetesPrograms ?? "", name);
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-kube-"));
  const file = (name: string) => path.join(folder, name);
  const clients = new Authority("clients");
  const stops: (() => Promise<void>)[] = [
    async () => clients.remove(),
    () => rm(folder, { recursive: true, force: true }),
  ];
  const stop = async () => {
    for (const act of stops.splice(0).toReversed()) await act();
  };
  try {
    const peers = `http://127.0.0.1:${await freePort()}`;
    const etcd = await startServer(
      (port) => {
        const url = `http://127.0.0.1:${port}`;
        return quietly(program("etcd"), [
          ...["--data-dir", file("data"), "--unsafe-no-fsync"],
          ...["--listen-client-urls", url, "--advertise-client-urls", url],
          ...["--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers],
          ...["--initial-cluster", `default=${peers}`],
        ]);
      },
      async (port) => (await fetch(`http://127.0.0.1:${port}/health`)).ok,
    );
    stops.push(etcd.stop);
    execFileSync("openssl", ["genrsa", "-out", file("sa.key"), "2048"], { stdio: "ignore" });
    const users = [`${tokens.admin},admin,admin,system:masters`, `${tokens.developer},developer,developer`];
    writeFileSync(file("tokens.csv"), `${users.join("\n")}\n`);
    const issuer = "https://kubernetes.default.svc";
    const server = await startServer(
      (port) =>
        quietly(program("kube-apiserver"), [
          `--etcd-servers=http://127.0.0.1:${etcd.port}`,
          ...[`--secure-port=${port}`, "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1"],
          ...[`--cert-dir=${folder}`, `--token-auth-file=${file("tokens.csv")}`, "--authorization-mode=RBAC"],
          `--client-ca-file=${clients.ca.certFile}`,
          ...[`--service-account-issuer=${issuer}`, `--service-account-key-file=${file("sa.key")}`],
          ...[
            `--service-account-signing-key-file=${file("sa.key")}`,
            "--service-cluster-ip-range=10.0.0.0/24",
          ],
          ...[
            "--disable-admission-plugins=ServiceAccount",
            "--endpoint-reconciler-type=none",
            "--profiling=false",
          ],
        ]),
      async (port) => (await ask(port, "GET", "/readyz")).status === 200,
    );
    stops.push(server.stop);
    const kubeconfigFor = (user: string, namespace?: string) => {
      const name = file(`kubeconfig-${user}-${namespace}`);
      writeFileSync(name, kubeconfig(server.port, user, file("apiserver.crt"), namespace));
      return name;
    };
    const admin = kubeconfigFor("admin");
    while ((await ask(server.port, "GET", "/api/v1/namespaces/default")).status !== 200);
    if (options.collectsGarbage === true) {
      const collector = quietly(program("kube-controller-manager"), [
        ...[`--kubeconfig=${admin}`, "--leader-elect=false", "--bind-address=127.0.0.1", "--secure-port=0"],
        "--controllers=garbage-collector-controller,namespace-controller,deployment-controller,replicaset-controller",
      ]);
      stops.push(async () => void collector.kill("SIGKILL"));
    }
    const send: Kubernetes["send"] = (...request) => ask(server.port, ...request);
    return {
      url: `https://127.0.0.1:${server.port}`,
      certificateFor: (user) => {
        const { cert, key } = clients.issue(user);
        return { cert: Buffer.from(cert).toString("base64"), key: Buffer.from(key).toString("base64") };
      },
      kubeconfig: admin,
      kubeconfigFor,
      send,
      read: async (namespace, name) => {
        const { status, body } = await send("GET", `/api/v1/namespaces/${namespace}/secrets/${name}`);
        if (status === 404) return undefined;
        const data = Object.entries<string>(body.data ?? {});
        return Object.fromEntries(data.map(([key, text]) => [key, Buffer.from(text, "base64").toString()]));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** JSON is YAML. */
function kubeconfig(port: number, user: string, authority: string, namespace: string | undefined): string {
  const token = user in tokens ? tokens[user as keyof typeof tokens] : user;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "c", cluster: { server: `https://127.0.0.1:${port}`, "certificate-authority": authority } },
    ],
    users: [{ name: "u", user: { token } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u", namespace } }],
    "current-context": "c",
  });
}

/** Its certificate is its own, which only its kubeconfig has as an authority. */
function ask(
  port: number,
  method: string,
  at: string,
  body?: unknown,
  contentType = "application/json",
): Promise<{ status: number; body: Answer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: Answer }>();
  const headers = { authorization: `Bearer ${tokens.admin}`, "content-type": contentType };
  const options = { host: "127.0.0.1", port, method, path: at, headers, rejectUnauthorized: false };
  const sent = request(options, async (response) => {
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    resolve({ status: response.statusCode ?? 0, body: text.startsWith("{") ? JSON.parse(text) : text });
  });
  sent.on("error", reject);
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}
