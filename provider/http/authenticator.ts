import type { Clock } from "../base/clock";
import type { HttpRequest, HttpResponse } from "./request";

/** Gives requests their credentials. */
export interface Authenticator {
  /** Headers for one request, lower-case names. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** Parameters for the query of each request, not yet encoded; never in messages. Default: none. */
  query?(): Promise<Readonly<Record<string, string>>>;
  /** What the templates of the operations may hold: the credentials, and what a login tells. Default: nothing. */
  variables?(): Promise<Readonly<Record<string, string>>>;
  /**
   * Whether a response says that the credentials of its request have ended. Default: its status is 401.
   *
   * @param document the body, or undefined where it is no JSON
   */
  isRejected?(status: number, document: unknown): boolean;
  /**
   * Called after such a response; all who call at once share one renewal.
   *
   * @param rejected what `headers` gave for the refused request; when it is outdated already, nothing is renewed
   * @returns whether `headers` now gives others; false where a renewal has just shown to be of no use
   * @throws {ApiKeysError} CONFIGURATION when the service refuses the login
   */
  renew?(rejected: Readonly<Record<string, string>>): Promise<boolean>;
  /**
   * Called after any other response.
   *
   * @param headers what `headers` gave for the request
   */
  accepted?(headers: Readonly<Record<string, string>>): void;
}

/** Sends requests without credentials, and repeats them as if they were idempotent: what a login needs. */
export interface AnonymousTransport {
  readonly clock: Clock;
  send(request: HttpRequest): Promise<HttpResponse>;
  /** The same to another base URL, which has been checked. */
  to(base: URL): AnonymousTransport;
}
