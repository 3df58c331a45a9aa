import { ApiKeysError } from "../base/errors";
import { configKey, variableName } from "../base/settingNames";
import { hasDotSegment } from "../json/templates";
import type { HttpRequest } from "./request";

const names = { baseUrl: "base URL", authBaseUrl: "base URL for logins", movedFrom: "former base URL" };

/**
 * A connection's base URL, that of its logins, or a former one, checked.
 *
 * @throws {ApiKeysError} CONFIGURATION when it is no http(s) URL, holds credentials, a query or a fragment, or
 *   is plain http:// to another host than this one
 */
export function parseBaseUrl(text: string, connection: string, setting: keyof typeof names = "baseUrl"): URL {
  const whose = names[setting];
  const refuse = (problem: string) =>
    new ApiKeysError(
      "CONFIGURATION",
      `The ${whose} of connection "${connection}" ${problem}: correct the environment variable ` +
        `${variableName(connection, setting)} or the config key ${configKey}.${connection}.${setting}.`,
    );
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw refuse("is no http(s) URL");
  if (url.username || url.password) throw refuse("holds credentials, which would show in messages");
  if (/[?#]/.test(text)) throw refuse("has a query or a fragment");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw refuse("is http://, which would send credentials in the clear; use https://");
  }
  return url;
}

/**
 * The request target: the base URL's path, the request's own, and the query.
 *
 * @throws {ApiKeysError} INVALID_INPUT for a path or an encoded query that would not arrive as it is written
 */
export function requestTarget(base: URL, request: Pick<HttpRequest, "path" | "query">): string {
  const { path, query = {} } = request;
  if (!/^\/[!-~]*$/.test(path) || /[?#{}\\]/.test(path) || hasDotSegment(path)) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      "A request's path must start with / and hold only visible ASCII, without variables, query, fragment, backslash, . and ..",
    );
  }
  const encoded = typeof query === "string" ? query : encodeQuery(query);
  if (!/^[!-~]*$/.test(encoded) || encoded.includes("#")) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      "A request's encoded query must hold only visible ASCII, without a fragment.",
    );
  }
  return base.pathname.replace(/\/+$/, "") + path + (encoded === "" ? "" : `?${encoded}`);
}

/** Names and values as the query of an address. */
export function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");
}

/** The URL parser has already brought 127.1 and 0x7f000001 into the usual form. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
