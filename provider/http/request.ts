/** Names and values, not yet encoded; or, as a server's own link has it, encoded text without the `?`. */
export type HttpQuery = Readonly<Record<string, string>> | string;

/** One call of a vendor's API. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path without variables, starting with `/`; it is appended to the base URL's own path. */
  readonly path: string;
  readonly query?: HttpQuery;
  /** A JSON value, in which a `bigint` is an integer beyond 2^53. Absent: no body and no Content-Type. */
  readonly body?: unknown;
  /** How the body is sent. @default "json" */
  readonly encoding?: "json" | "form";
  /** Beside the usual ones, with lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether sending it twice does no harm. @default by method: all but POST and PATCH */
  readonly repeatable?: boolean;
  /** Lower-case names of response headers that the caller reads, beside those that every response has. */
  readonly readsHeaders?: readonly string[];
  /** Tells by its lower-case name whether the caller reads a response header beside those. Default: no other. */
  readonly readsHeader?: (name: string) => boolean;
  /** What the call does, as a verb phrase for messages: `create API key "ci"`. */
  readonly what: string;
}

/** A whole response, whatever its status. */
export interface HttpResponse {
  readonly status: number;
  /**
   * Lower-case names; only content-type, date, link, retry-after and what the request reads, so that no other can
   * leak by way of a log.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** Each Set-Cookie of the response to a login; absent for all other requests. */
  readonly setCookies?: readonly string[];
  readonly body: HttpBody;
}

export type HttpBody =
  | { readonly kind: "empty" }
  /** Free of `__proto__` keys, at most 64 levels deep; integers beyond 2^53 are text, digit by digit. */
  | { readonly kind: "json"; readonly value: unknown }
  /**
   * No JSON, or under an error status also broken or too large. `contentType` is empty when none was sent; `word` is the
   * whole of a plain text without blanks.
   */
  | { readonly kind: "other"; readonly contentType: string; readonly word?: string };
