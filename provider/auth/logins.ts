import { ApiKeysError } from "../base/errors";
import { variableName } from "../base/settingNames";
import type { Credentials } from "../connection/names";
import { credentialsOf } from "../definition/credentials";
import type { AnonymousTransport } from "../http/authenticator";
import { ResponseInvalidError } from "../http/errors";
import { failed } from "../http/messages";
import type { HttpRequest, HttpResponse } from "../http/request";
import { isSuccess } from "../http/status";
import type { Holder } from "./credentials";
import { headersReadBy, Lacking, readSession, type SessionDefinition } from "./readSession";
import type { Session } from "./session";

export interface LoginOptions<Definition extends SessionDefinition> extends Holder {
  readonly definition: Definition;
  readonly credentials: Credentials;
  readonly transport: AnonymousTransport;
}

type LoginRequest = Omit<HttpRequest, "what" | "readsHeaders" | "readsHeader" | "repeatable">;

const theAct = "log in";

/** Sends logins and reads what they give; one that was refused is refused for good. */
export class Logins {
  readonly #options: LoginOptions<SessionDefinition>;
  #refusal: ApiKeysError | undefined;

  constructor(options: LoginOptions<SessionDefinition>) {
    this.#options = options;
  }

  /**
   * @throws {ApiKeysError} CONFIGURATION when the service refuses it; RESPONSE_INVALID when the response lacks
   *   something; HTTP_PROBLEM when it is unavailable
   */
  async begin(request: LoginRequest): Promise<Session> {
    // Hundreds of keys that each try a wrong password would lock the account.
    if (this.#refusal) throw this.#refusal;
    const response = await this.#send(request, theAct);
    if (!isSuccess(response.status) && !isRefusal(response.status))
      throw this.#unavailable(theAct, response.status);
    const session = isSuccess(response.status) ? this.#read(response) : this.#refused(response);
    if (!(session instanceof Error)) return session;
    this.#refusal = session;
    throw session;
  }

  /** @returns undefined when the service wants a new login */
  async renew(request: LoginRequest, previous: Session): Promise<Session | undefined> {
    const what = "renew the login";
    const response = await this.#send(request, what);
    if (isRefusal(response.status)) return undefined;
    if (!isSuccess(response.status)) throw this.#unavailable(what, response.status);
    const session = this.#read(response, previous, what);
    if (session instanceof Error) throw session;
    return session;
  }

  #send(request: LoginRequest, what: string): Promise<HttpResponse> {
    const { transport, definition } = this.#options;
    return transport.send({ ...request, what, readsHeaders: headersReadBy(definition) });
  }

  #read(response: HttpResponse, previous?: Session, what = theAct): Session | ApiKeysError {
    const { definition, credentials, transport, connection, service } = this.#options;
    const now = transport.clock.now();
    const session = readSession({ connection, service }, definition, credentials, response, now, previous);
    if (!(session instanceof Lacking)) return session;
    const next = "Check the base URL, and the service definition against the vendor's page.";
    return new ResponseInvalidError(
      failed({ connection, service, what }, `the answer holds ${session.what}`, next),
    );
  }

  #refused(response: HttpResponse): ApiKeysError {
    const { connection, service, definition } = this.#options;
    const { status } = response;
    const names = credentialsOf(definition);
    const why =
      status === 404
        ? "there is no login at that address (HTTP 404)"
        : `the ${names.map(spoken).join(" or ")} was refused (${reason(response)})`;
    const next =
      `Correct ${names.map((name) => variableName(connection, name)).join(" and ")} in the environment, ` +
      `or the connection's ${names.join(" and ")}${status === 404 ? ", or its base URL" : ""}.`;
    return new ApiKeysError("CONFIGURATION", failed({ connection, service, what: theAct }, why, next));
  }

  #unavailable(what: string, status: number): ApiKeysError {
    const { connection, service } = this.#options;
    const why = `the service answered HTTP ${status}`;
    return new ApiKeysError("HTTP_PROBLEM", failed({ connection, service, what }, why, "Try again later."));
  }
}

function spoken(name: string): string {
  return name === "username" ? "user name" : name;
}

/** The codes of RFC 6749, section 5.2: nothing else of a response is safe to show. */
const codes: ReadonlySet<unknown> = new Set([
  "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
  "invalid_scope",
]); // biome-ignore format: one list

function reason({ status, body }: HttpResponse): string {
  const document = body.kind === "json" ? body.value : undefined;
  const code =
    typeof document === "object" && document !== null && "error" in document ? document.error : undefined;
  return codes.has(code) ? `HTTP ${status}, ${code}` : `HTTP ${status}`;
}

/** A 4xx that the same request would get again, unlike a timeout (408) or a rate limit (429). */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
