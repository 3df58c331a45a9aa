import type { Clock } from "./clock";
import type { HttpRequest, HttpResponse } from "./request";

/** Gives requests their credentials. */
export interface Authenticator {
  /** Headers for one request, lower-case names. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /**
   * Called after a 401; all who call at once share one renewal.
   *
   * @param rejected what `headers` gave for the refused request; when it is outdated already, nothing is renewed
   * @returns whether `headers` now gives others
   * @throws {ApiKeysError} CONFIGURATION when the service refuses the login
   */
  renew?(rejected: Readonly<Record<string, string>>): Promise<boolean>;
}

/** Sends requests without credentials, and repeats them as if they were idempotent: what a login needs. */
export interface AnonymousTransport {
  readonly clock: Clock;
  send(request: HttpRequest): Promise<HttpResponse>;
}
