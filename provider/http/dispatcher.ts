import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import type { buildConnector, Dispatcher, Pool } from "undici";
import { RequestNotSentError } from "./errors";
import { watchingHandshakes } from "./handshake";
import { type Certificates, isProxied, type Network } from "./network";
import type { HttpPolicy } from "./policy";

/** Milliseconds for a connection to come about. */
const connectTimeoutMs = 10_000;

/**
 * A third of what this package takes to load, and an operation that sends nothing never needs it.
 *
 * @throws {RequestNotSentError} when it is not installed where this package can see it, as with yarn PnP by --require alone
 */
async function loadUndici(): Promise<typeof import("undici")> {
  try {
    return await import("undici");
  } catch {
    throw new RequestNotSentError(
      "The HTTP client, the npm package undici, could not be loaded from where pulumi-apikeys is installed, so nothing was sent. " +
        "Install the dependencies of pulumi-apikeys again; with yarn PnP, set `nodeLinker: node-modules`.",
    );
  }
}

/**
 * What sends requests to one server: through a proxy where the environment names one, but never to this machine.
 *
 * @param base the server's URL
 */
export async function dispatcherFor(base: URL, policy: HttpPolicy, network: Network): Promise<Dispatcher> {
  const { proxies, certificates } = network;
  const undici = await loadUndici();
  const timeout = Math.min(connectTimeoutMs, policy.attemptTimeoutMs);
  const tls = {
    allowH2: false,
    timeout,
    ...(certificates && { secureContext: secureContextOf(certificates) }),
  };
  const options = {
    allowH2: false,
    pipelining: 1,
    connections: policy.concurrency,
    connectTimeout: timeout,
    maxResponseSize: policy.maxBodyBytes,
  };
  const watching = (connect: buildConnector.connector) =>
    watchingHandshakes(connect, certificates?.cert !== undefined);
  if (!isProxied(base, network))
    return new undici.Agent({ ...options, connect: watching(undici.buildConnector(tls)) });

  const { ca } = certificates ?? {};
  return new undici.EnvHttpProxyAgent({
    ...options,
    // All three are given, for undici would read the process's own environment in place of a missing one.
    httpProxy: proxies?.httpProxy ?? "",
    httpsProxy: proxies?.httpsProxy ?? "",
    noProxy: proxies?.noProxy ?? "",
    requestTls: tls,
    // The client's certificate is for the vendor only.
    proxyTls: { allowH2: false, ...(ca !== undefined && { secureContext: secureContextOf({ ca }) }) },
    // A proxy that never answers would keep a client from closing for minutes.
    clientFactory: (origin, proxy) => new undici.Pool(origin, { ...proxy, headersTimeout: timeout }),
    factory: (origin, given) => {
      const server = given as Pool.Options;
      const connect = typeof server.connect === "function" ? server.connect : undici.buildConnector(tls);
      return new undici.Pool(origin, { ...server, connect: watching(connect) });
    },
  });
}

function secureContextOf({ ca, cert, key }: Certificates): SecureContext {
  return createSecureContext({
    ...(ca !== undefined && { ca: [...getCACertificates("default"), ca] }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  });
}
