import type { Clock } from "../base/clock";
import type { Conditions } from "../definition/schema/condition";
import type { Authenticator } from "../http/authenticator";
import { anyHolds, type Condition } from "../json/conditions";

/** What a login has given. */
export interface Session {
  /** With which requests are sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** For the templates of the operations. */
  readonly variables: Readonly<Record<string, string>>;
  readonly refreshToken: string | undefined;
  /** By our own clock, counted from the response: the server's clock may be wrong. */
  readonly renewAt: number;
}

/**
 * Begins a session, or continues one.
 *
 * @param previous the session that is over, if there was one
 */
export type SessionSource = (previous: Session | undefined) => Promise<Session>;

/** Logs in when it is first needed, and again before a session ends or after it was rejected. */
export class SessionAuthenticator implements Authenticator {
  readonly #clock: Clock;
  readonly #begin: SessionSource;
  readonly #unauthorized: readonly Condition[];
  #session: Session | undefined;
  #renewal: Promise<Session> | undefined;
  /** Headers of the session that took a rejected one's place, until a response shows that it is taken. */
  #untried: Readonly<Record<string, string>> | undefined;

  /** @param unauthorized what is true of the response to a request whose session has ended */
  constructor(clock: Clock, begin: SessionSource, unauthorized: Conditions = { status: 401 }) {
    this.#clock = clock;
    this.#begin = begin;
    this.#unauthorized = [unauthorized].flat();
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    return (await this.#current()).headers;
  }

  async variables(): Promise<Readonly<Record<string, string>>> {
    return (await this.#current()).variables;
  }

  isRejected(status: number, document: unknown): boolean {
    // After a 5xx the vendor may have acted: what is sent again would be done twice.
    if (status >= 500) return false;
    const readable = document === undefined ? this.#unauthorized.filter(isOfStatusAlone) : this.#unauthorized;
    return anyHolds(readable, status, document);
  }

  async renew(rejected: Readonly<Record<string, string>>): Promise<boolean> {
    // A new session that is rejected at once proves that it is not the session which is rejected.
    if (this.#untried === rejected) return false;
    if (this.#session === undefined || this.#session.headers === rejected) {
      this.#untried = (await this.#renewOnce()).headers;
    }
    return true;
  }

  accepted(headers: Readonly<Record<string, string>>): void {
    if (this.#untried === headers) this.#untried = undefined;
  }

  async #current(): Promise<Session> {
    if (this.#renewal) return this.#renewal;
    const session = this.#session;
    return session && this.#clock.now() < session.renewAt ? session : this.#renewOnce();
  }

  #renewOnce(): Promise<Session> {
    this.#renewal ??= this.#replace().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #replace(): Promise<Session> {
    this.#session = await this.#begin(this.#session);
    return this.#session;
  }
}

function isOfStatusAlone({ status: _, ...content }: Condition): boolean {
  return Object.values(content).every((part) => part === undefined);
}
