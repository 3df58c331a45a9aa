import { type Clock, systemClock } from "../base/clock";
import type { AnonymousTransport, Authenticator } from "./authenticator";
import { requestTarget } from "./baseUrl";
import type { Network } from "./network";
import type { Queue } from "./pacing/queue";
import { Throttle } from "./pacing/throttle";
import { completePolicy, type HttpPolicy } from "./policy";
import type { HttpRequest, HttpResponse } from "./request";
import { isIdempotent } from "./retry";
import { Sender } from "./sender";

export interface HttpClientOptions {
  /** Name of the connection, for messages. */
  readonly connection: string;
  /** Name of the service, for messages. */
  readonly service: string;
  /** From `parseBaseUrl`; requests' paths are appended to its path. */
  readonly baseUrl: URL;
  /** Gives each request its credentials; as a function it gets the way to log in at the same server. */
  readonly auth: Authenticator | ((transport: AnonymousTransport) => Authenticator);
  /**
   * Proxies and certificates.
   *
   * @default no proxy, and the certificates that Node trusts
   */
  readonly network?: Network;
  /** Replaces parts of the default policy. */
  readonly policy?: Partial<HttpPolicy>;
  /** @default the system's */
  readonly clock?: Clock;
  /**
   * Shared with other clients of the same connection.
   *
   * @default one of its own
   */
  readonly throttle?: Throttle;
}

/** One connection to a service: bounded, patient, and sure never to do twice what must be done once. */
export class HttpClient {
  /** Scheme, host and port that all requests go to. */
  readonly origin: string;
  readonly #base: URL;
  readonly #sender: Sender;
  readonly #queue: Queue;
  readonly #auth: Authenticator;
  /** Of logins at another server. */
  #logins: Sender | undefined;

  /** @throws {ApiKeysError} CONFIGURATION for credentials that must not or cannot be used */
  constructor(options: HttpClientOptions) {
    const { connection, service, clock = systemClock, network = {} } = options;
    const policy = completePolicy(options.policy);
    const base = options.baseUrl;
    const { queue, gate } = options.throttle ?? new Throttle(clock, policy);
    const sender = new Sender({ connection, service, base, policy, clock, gate, network });
    // A login goes past the queue: those who wait for it hold the queue's slots.
    const anonymous = (login: Sender): AnonymousTransport => ({
      clock,
      send: (request) => login.send(request, undefined, true),
      to: (elsewhere) => {
        // Another server's limits are its own.
        const own = new Throttle(clock, policy).gate;
        this.#logins = new Sender({
          connection,
          service,
          base: elsewhere,
          policy,
          clock,
          gate: own,
          network,
        });
        return anonymous(this.#logins);
      },
    });
    const transport = anonymous(sender);
    this.origin = base.origin;
    this.#base = base;
    this.#sender = sender;
    this.#queue = queue;
    this.#auth = typeof options.auth === "function" ? options.auth(transport) : options.auth;
  }

  /**
   * The address that a request goes to.
   *
   * @throws {ApiKeysError} INVALID_INPUT for a malformed path or query
   */
  url(request: Pick<HttpRequest, "path" | "query">): URL {
    return new URL(this.origin + requestTarget(this.#base, request));
  }

  /**
   * Sends one request, again where that is safe, and resolves with the response of whatever status.
   *
   * GET, PUT and DELETE are sent again after 408, 429, 500, 502, 503, 504 and broken connections. POST and PATCH
   * are sent again only when they provably had no effect: not a byte was sent, or the response was 429. What a request
   * says of itself by `repeatable` goes before its method. After a 401, or what else rejects them, the credentials are renewed if they can be, and the request is sent once more; a second one in a row is
   * the response.
   *
   * A call keeps its slot of the queue while it waits for its next attempt, so that a server in trouble gets
   * fewer requests and not more.
   *
   * @throws {RequestNotSentError} it provably never reached the server
   * @throws {OutcomeUnknownError} a POST or PATCH that may have taken effect, without a readable response
   * @throws {ResponseInvalidError} any other without a readable response, or a redirect
   * @throws {RetryAfterTooLongError} the server asks for a longer pause than the policy allows
   * @throws {ApiKeysError} CONFIGURATION when the login is refused; INVALID_INPUT for a malformed path
   * @see RFC 9110, section 9.2.2
   */
  send(request: HttpRequest): Promise<HttpResponse> {
    const idempotent = request.repeatable ?? isIdempotent(request.method);
    return this.#queue.run(() => this.#sender.send(request, this.#auth, idempotent));
  }

  /** What the login tells for the operations' templates. */
  async variables(): Promise<Readonly<Record<string, string>>> {
    return (await this.#auth.variables?.()) ?? {};
  }

  /** Sends nothing more, and resolves when the requests under way have ended. */
  async close(): Promise<void> {
    await Promise.all([this.#sender.close(), this.#logins?.close()]);
  }
}
