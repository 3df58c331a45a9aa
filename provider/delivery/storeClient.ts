import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Authenticator } from "../http/authenticator";
import { isLoopback } from "../http/baseUrl";
import { HttpClient } from "../http/client";
import { type Certificates, type Network, type Proxies, proxiesOf } from "../http/network";
import type { HttpResponse } from "../http/request";
import { isObject } from "../json/members";
import { printable } from "../redaction/printable";
import { redact } from "../redaction/redactor";
import { deliveryFailed } from "./kind";

/** Where a store is, and as whom it is asked. */
export interface StoreAddress {
  /** What people call the store. */
  readonly title: string;
  /** Name of its settings. */
  readonly connection: string;
  /** Text of the base URL, and what the user calls it: `VAULT_ADDR`. */
  readonly url: string;
  readonly urlName: string;
  /** Headers with the credentials, lower-case names; or what gives them, where they end and are renewed. */
  readonly headers: Readonly<Record<string, string>> | Authenticator;
  /** Path of a PEM file with the authorities to be trusted beside those that Node trusts. */
  readonly caFile?: string | undefined;
  /** PEM texts, in the place of `caFile`. */
  readonly certificates?: Certificates | undefined;
  /** The way there. Default: what the environment says. */
  readonly proxies?: Proxies | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A client of a store over HTTP, which retries what does no harm when it is sent twice.
 *
 * @throws {ApiKeysError} DELIVERY_FAILED for an address that credentials must not be sent to
 */
export function storeClient(address: StoreAddress): HttpClient {
  const { title, connection, url, urlName, headers, caFile, certificates, environment } = address;
  const baseUrl = URL.canParse(url) ? new URL(url) : undefined;
  if (baseUrl === undefined || !/^https?:$/.test(baseUrl.protocol) || baseUrl.username || baseUrl.search) {
    throw deliveryFailed(`${urlName} of ${title} is no plain http(s) URL. Correct it.`);
  }
  if (baseUrl.protocol === "http:" && !isLoopback(baseUrl.hostname)) {
    throw deliveryFailed(
      `${urlName} of ${title} is http://, which would send keys in the clear. Use https://.`,
    );
  }
  const proxies = address.proxies ?? proxiesOf(environment);
  const network: Network = {
    ...(proxies && { proxies }),
    ...(caFile && { certificates: { ca: readAuthority(caFile, title) } }),
    ...(certificates && { certificates }),
  };
  return new HttpClient({
    connection,
    service: title,
    baseUrl,
    network,
    auth: isAuthenticator(headers) ? headers : { headers: async () => headers },
  });
}

function isAuthenticator(given: StoreAddress["headers"]): given is Authenticator {
  return typeof given.headers === "function";
}

function readAuthority(file: string, title: string): string {
  try {
    const text = readFileSync(file, "utf8");
    new X509Certificate(text);
    return text;
  } catch {
    throw deliveryFailed(
      `The certificate authority of ${title}, ${file}, cannot be read. Give the path of a PEM file.`,
    );
  }
}

/** How stores of today say what is wrong. */
const messagePointers = ["message", "error_description", "error", "errors"] as const;

/** What a response says of a refusal: its status, and the store's own words where they are text. */
export function refusalOf({ status, body }: HttpResponse): string {
  const said = body.kind === "json" && isObject(body.value) ? wordsIn(body.value) : undefined;
  return said === undefined ? `HTTP ${status}` : `HTTP ${status}: ${printable(redact(said)).slice(0, 300)}`;
}

function wordsIn(value: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of messagePointers) {
    const said = [value[name]].flat()[0];
    if (typeof said === "string" && said !== "") return said;
    if (isObject(said) && typeof said.message === "string") return said.message;
  }
  return undefined;
}
