import { ApiKeysError } from "../base/errors";
import { protect, protectName } from "../redaction/redactor";
import { isLoopback } from "./baseUrl";

/** How servers are reached: through which proxies, and with which certificates. */
export interface Network {
  readonly proxies?: Proxies;
  readonly certificates?: Certificates;
}

/**
 * The proxies of an environment, checked.
 *
 * @see https://undici.nodejs.org/#/docs/api/EnvHttpProxyAgent
 */
export interface Proxies {
  /** URL of the proxy for https, where `httpsProxy` has none. */
  readonly httpProxy?: string;
  /** URL of the proxy for https. */
  readonly httpsProxy?: string;
  /** Hosts that are reached without a proxy, separated by commas or spaces. */
  readonly noProxy?: string;
}

/** PEM texts of a connection. */
export interface Certificates {
  /** Certificates of authorities that are trusted beside those that Node trusts. */
  readonly ca?: string;
  /** The client's certificate, with its chain. */
  readonly cert?: string;
  /** The private key of the client's certificate. */
  readonly key?: string;
}

/** Whether a server may be reached through a proxy: NO_PROXY may still except it. */
export function isProxied(base: URL, { proxies }: Network): boolean {
  return proxies !== undefined && !isLoopback(base.hostname);
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxies that an environment names. Of each variable, the lower-case spelling goes before the other.
 *
 * Remembers their credentials, so that no message shows them.
 *
 * @returns undefined where it names none
 * @throws {ApiKeysError} CONFIGURATION for what is no http(s) URL, without its text
 */
export function proxiesOf(environment: Environment): Proxies | undefined {
  const httpsProxy = proxyOf(environment, "HTTPS_PROXY");
  const httpProxy = proxyOf(environment, "HTTP_PROXY");
  if (httpsProxy === undefined && httpProxy === undefined) return undefined;
  const noProxy = environment.no_proxy ?? environment.NO_PROXY;
  return {
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && { noProxy }),
  };
}

function proxyOf(environment: Environment, upper: string): string | undefined {
  const name = environment[upper.toLowerCase()] === undefined ? upper : upper.toLowerCase();
  const text = environment[name];
  if (text === undefined || text === "") return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !isHidden(url)) {
    throw new ApiKeysError(
      "CONFIGURATION",
      `The environment variable ${name} must be the URL of an HTTP proxy, such as http://proxy.example:3128, with ` +
        "any user name and password percent-encoded. Correct or remove it.",
    );
  }
  return url.href;
}

/** Hides the credentials of a proxy, in both of their spellings. */
function isHidden({ username, password }: URL): boolean {
  try {
    for (const name of [username, decodeURIComponent(username)]) protectName(name);
    for (const secret of [password, decodeURIComponent(password)]) protect(secret);
    if (password !== "") protect(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    return true;
  } catch {
    return false;
  }
}
