import { existsSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { homedir } from "node:os";
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node" with { "resolution-mode": "import" };
import { z } from "zod";
import type { Authenticator } from "../../http/authenticator";
import type { HttpClient } from "../../http/client";
import { protect } from "../../redaction/redactor";
import { deliveryFailed, nonEmpty, type Surroundings } from "../kind";
import { loadLibrary } from "../library";
import { storeClient } from "../storeClient";

export const settings = z.strictObject({
  kubeconfig: nonEmpty.optional(),
  context: nonEmpty.optional(),
});

export type KubernetesSettings = z.infer<typeof settings>;

/** A cluster that can be asked. */
interface Cluster {
  readonly client: HttpClient;
  /** Namespace of those who name none. */
  readonly namespace: string;
}

/**
 * The cluster of a context, with credentials as kubectl finds them: kubeconfig, in-cluster, or a program that gives them.
 *
 * The vendor's library reads them; the requests are our own, which are retried, and of which nothing is logged.
 *
 * @param context undefined for the current one
 */
export async function clusterOf(
  surroundings: Surroundings<KubernetesSettings>,
  context: string | undefined,
): Promise<Cluster> {
  const { connection, environment } = surroundings;
  const { config, from } = await configOf(surroundings);
  if (context !== undefined) config.setCurrentContext(context);
  const name = config.getCurrentContext();
  const found = name ? config.getContextObject(name) : null;
  const cluster = found && config.getCluster(found.cluster);
  if (!found || !cluster) {
    throw deliveryFailed(
      `Kubernetes cannot be used: ${from} has ${name ? `no context ${name} with a cluster` : "no current context"}. Set context in the delivery, or run \`kubectl config use-context\`.`,
    );
  }
  if (cluster.skipTLSVerify || cluster.tlsServerName) {
    const setting = cluster.skipTLSVerify ? "insecure-skip-tls-verify" : "tls-server-name";
    throw deliveryFailed(
      `Kubernetes cannot be used: context ${name} has ${setting}, by which a key might be told to another server. Use the name in the server's certificate, with its certificate-authority-data.`,
    );
  }
  if (cluster.proxyUrl && !/^https?:/.test(cluster.proxyUrl)) {
    throw deliveryFailed(
      `Kubernetes cannot be used: the proxy-url of context ${name} is no http(s) URL. Use an HTTP proxy.`,
    );
  }
  const credentials = new Credentials(config, `context ${name} of ${from}`);
  const { ca, cert, key } = await credentials.options();
  return {
    namespace: found.namespace || "default",
    client: storeClient({
      title: "Kubernetes",
      connection,
      url: cluster.server,
      urlName: `The server of context ${name}`,
      headers: credentials,
      certificates: {
        ...(ca && { ca: String(ca) }),
        ...(cert && { cert: String(cert) }),
        ...(key && { key: String(key) }),
      },
      ...(cluster.proxyUrl && { proxies: { httpsProxy: cluster.proxyUrl } }),
      environment,
    }),
  };
}

/** The kubeconfig, and what messages call it. */
async function configOf({ settings, environment }: Surroundings<KubernetesSettings>) {
  const { KubeConfig } = await loadLibrary(
    "@kubernetes/client-node",
    () => import("@kubernetes/client-node"),
  );
  const config = new KubeConfig();
  const files = kubeconfigs(environment.KUBECONFIG || settings.kubeconfig, environment.HOME || homedir());
  try {
    for (const [index, file] of files.entries()) {
      if (index === 0) {
        config.loadFromFile(file);
        continue;
      }
      const more = new KubeConfig();
      more.loadFromFile(file);
      config.mergeConfig(more, true);
    }
  } catch {
    throw deliveryFailed(
      `Kubernetes cannot be used: ${files.join(" and ")} cannot be read as a kubeconfig. Correct KUBECONFIG.`,
    );
  }
  if (files.length > 0) return { config, from: files.join(" and ") };
  if (environment.KUBERNETES_SERVICE_HOST) {
    config.loadFromCluster();
    return { config, from: "the service account" };
  }
  throw deliveryFailed(
    "Kubernetes cannot be used: there is no kubeconfig, and this is no pod. Set KUBECONFIG, or log in to the cluster.",
  );
}

function kubeconfigs(named: string | undefined, home: string): string[] {
  if (named === undefined) return [path.join(home, ".kube", "config")].filter(existsSync);
  const files = named.split(path.delimiter).filter((file) => file !== "");
  // As for kubectl, a list may name files that are not there.
  return files.length > 1 ? files.filter(existsSync) : files;
}

/** The credentials of a context. Those of programs and files end, and are had anew when the server refuses them. */
class Credentials implements Authenticator {
  #headers: Promise<Readonly<Record<string, string>>> | undefined;

  constructor(
    private readonly config: KubeConfig,
    private readonly from: string,
  ) {}

  /** As they are now, with certificates. */
  async options(): Promise<RequestOptions> {
    const options: RequestOptions = {};
    try {
      await this.config.applyToHTTPSOptions(options);
      return options;
    } catch (error) {
      // A program's words may hold what it should have kept to itself.
      const { code } = error as NodeJS.ErrnoException;
      throw deliveryFailed(
        `Kubernetes cannot be used: the credentials of ${this.from} cannot be had${code ? ` (${code})` : ""}. Try \`kubectl auth whoami\`.`,
      );
    }
  }

  headers(): Promise<Readonly<Record<string, string>>> {
    this.#headers ??= this.#ask();
    return this.#headers;
  }

  async renew(rejected: Readonly<Record<string, string>>): Promise<boolean> {
    this.#headers = this.#ask();
    return (await this.#headers).authorization !== rejected.authorization;
  }

  async #ask(): Promise<Readonly<Record<string, string>>> {
    const { headers, auth } = await this.options();
    const told = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
    const basic = auth ? { authorization: `Basic ${Buffer.from(auth).toString("base64")}` } : {};
    const all: Record<string, string> = { ...basic, ...Object.fromEntries(told) };
    protect(all.authorization?.replace(/^\S+ /, "") ?? "");
    return all;
  }
}
