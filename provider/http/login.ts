import { ApiKeysError } from "../errors";
import { atPointer } from "../pointer";
import { protect } from "../redactor";
import type { AuthDefinition } from "../service/definition";
import { variableName } from "../settings";
import type { AnonymousTransport, Authenticator } from "./authenticator";
import { ResponseInvalidError } from "./errors";
import { isHeaderValue } from "./headerValue";
import { type Call, failed } from "./messages";
import type { HttpResponse } from "./request";

type LoginDefinition = Extract<AuthDefinition, { scheme: "login" }>;

export interface LoginOptions {
  readonly definition: LoginDefinition;
  readonly username: string;
  readonly password: string;
  readonly connection: string;
  readonly service: string;
  readonly transport: AnonymousTransport;
}

interface Session {
  readonly headers: Readonly<Record<string, string>>;
  readonly refreshToken: string | undefined;
  /** By our own clock, counted from the answer: the server's clock may be wrong. */
  readonly renewAt: number;
}

/** Trades a user name and a password for a bearer token, and renews it before it expires or after a 401. */
export class LoginAuthenticator implements Authenticator {
  readonly #options: LoginOptions;
  #session: Session | undefined;
  #renewal: Promise<Session> | undefined;
  #refusal: ApiKeysError | undefined;

  constructor(options: LoginOptions) {
    this.#options = options;
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    if (this.#renewal) return (await this.#renewal).headers;
    const session = this.#session;
    if (session && this.#options.transport.clock.now() < session.renewAt) return session.headers;
    return (await this.#renewOnce()).headers;
  }

  async renew(rejected: Readonly<Record<string, string>>): Promise<boolean> {
    const current = this.#session?.headers.authorization;
    if (current === undefined || current === rejected.authorization) await this.#renewOnce();
    return true;
  }

  #renewOnce(): Promise<Session> {
    this.#renewal ??= this.#startSession().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #startSession(): Promise<Session> {
    // Hundreds of keys that each try a wrong password would lock the account.
    if (this.#refusal) throw this.#refusal;
    this.#session = (await this.#refresh()) ?? (await this.#login());
    return this.#session;
  }

  /** @returns undefined when there is nothing to refresh with, or the service wants a new login */
  async #refresh(): Promise<Session | undefined> {
    const { refresh } = this.#options.definition;
    const refreshToken = this.#session?.refreshToken;
    if (!refresh || refreshToken === undefined) return undefined;
    const what = "renew the login";
    const response = await this.#options.transport.send({
      method: "POST",
      path: refresh.path,
      body: { [refresh.tokenField]: refreshToken },
      what,
    });
    if (succeeded(response)) return this.#readSession(response, what, refreshToken);
    if (isRefusal(response.status)) return undefined;
    throw this.#unavailable(what, response.status);
  }

  async #login(): Promise<Session> {
    const { definition, username, password, transport } = this.#options;
    const { path, usernameField, passwordField } = definition.login;
    const what = "log in";
    const response = await transport.send({
      method: "POST",
      path,
      body: { [usernameField]: username, [passwordField]: password },
      what,
    });
    if (succeeded(response)) return this.#readSession(response, what, undefined);
    if (!isRefusal(response.status)) throw this.#unavailable(what, response.status);
    this.#refusal = this.#refused(response.status);
    throw this.#refusal;
  }

  /** @param oldRefreshToken stays in use when the answer brings no new one (RFC 6749, section 6) */
  #readSession(response: HttpResponse, what: string, oldRefreshToken: string | undefined): Session {
    const { definition, transport } = this.#options;
    const document = response.body.kind === "json" ? response.body.value : undefined;
    const token = atPointer(document, definition.accessToken);
    if (typeof token !== "string" || !isHeaderValue(token)) {
      const why = `the answer holds no access token at ${definition.accessToken}`;
      const next = "Check the base URL, and the service definition against the vendor's page.";
      throw new ResponseInvalidError(failed(this.#call(what), why, next));
    }
    protect(token);
    const refreshToken =
      definition.refreshToken === undefined ? undefined : atPointer(document, definition.refreshToken);
    if (typeof refreshToken === "string") protect(refreshToken);
    const lifetime =
      definition.expiresInSeconds === undefined
        ? undefined
        : atPointer(document, definition.expiresInSeconds);
    return {
      headers: { authorization: `Bearer ${token}` },
      refreshToken: typeof refreshToken === "string" && refreshToken !== "" ? refreshToken : oldRefreshToken,
      renewAt: transport.clock.now() + usableMs(lifetime),
    };
  }

  #call(what: string): Call {
    const { connection, service } = this.#options;
    return { connection, service, what };
  }

  #refused(status: number): ApiKeysError {
    const { connection } = this.#options;
    const why =
      status === 404
        ? "there is no login at that address (HTTP 404)"
        : `the user name or password was refused (HTTP ${status})`;
    const next =
      `Correct ${variableName(connection, "username")} and ${variableName(connection, "password")} in the environment, ` +
      `or the connection's username and password${status === 404 ? ", or its base URL" : ""}.`;
    return new ApiKeysError("CONFIGURATION", failed(this.#call("log in"), why, next));
  }

  #unavailable(what: string, status: number): ApiKeysError {
    const why = `the service answered HTTP ${status}`;
    return new ApiKeysError("HTTP_PROBLEM", failed(this.#call(what), why, "Try again later."));
  }
}

/**
 * Milliseconds for which a token is used: its lifetime without the last minute, or the last tenth if that is
 * less, so that it does not expire on its way. For ever when the lifetime is not told; a 401 ends that.
 */
function usableMs(expiresIn: unknown): number {
  const told =
    typeof expiresIn === "number" || typeof expiresIn === "string" ? Number(expiresIn) : Number.NaN;
  if (!(told > 0)) return Number.POSITIVE_INFINITY;
  return 1_000 * (told - Math.min(60, told / 10));
}

function succeeded(response: HttpResponse): boolean {
  return response.status >= 200 && response.status < 300;
}

/** A 4xx that the same request would get again, unlike a timeout (408) or a rate limit (429). */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
