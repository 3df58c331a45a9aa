import { credentialsOf } from "../definition/credentials";
import type { AuthDefinition } from "../definition/schema/auth";
import type { Authenticator } from "../http/authenticator";
import { fillPath, fillTexts } from "../json/templates";
import { protect } from "../redaction/redactor";
import { basicAuthorization } from "./basic";
import { refuse } from "./credentials";
import { type LoginOptions, Logins } from "./logins";
import { SessionAuthenticator } from "./session";

type OAuth2Definition = Extract<AuthDefinition, { scheme: "oauth2" }>;

/**
 * Trades a client's id and secret for a token.
 *
 * @throws {ApiKeysError} CONFIGURATION for credentials that are empty
 * @see RFC 6749, section 4.4
 */
export function oauth2Authenticator(options: LoginOptions<OAuth2Definition>): Authenticator {
  const { credentials, transport } = options;
  const definition = { accessToken: "access_token", ...options.definition };
  for (const name of credentialsOf(definition)) {
    if (!credentials[name]) throw refuse(options, name, "is empty");
  }
  const logins = new Logins({ ...options, definition });
  const request = tokenRequest(options);
  return new SessionAuthenticator(transport.clock, () => logins.begin(request), definition.unauthorized);
}

/** The request that trades these credentials for a token. */
export function tokenRequest({
  definition,
  credentials,
  connection,
  service,
}: Omit<LoginOptions<OAuth2Definition>, "transport">) {
  const { clientId = "", clientSecret = "" } = credentials;
  const inBody = definition.clientAuthentication === "body";
  // Before they become user name and password they are encoded as in a form (RFC 6749, section 2.3.1).
  const [username, password] = [clientId, clientSecret].map(formEncoded) as [string, string];
  protect(password);
  return {
    method: "POST",
    path: fillPath(definition.path, credentials),
    headers: inBody ? {} : { authorization: basicAuthorization({ connection, service }, username, password) },
    encoding: definition.encoding ?? "form",
    body: {
      grant_type: "client_credentials",
      ...fillTexts(definition.parameters ?? {}, credentials, "refuse"),
      ...(inBody && { client_id: clientId, client_secret: clientSecret }),
    },
  } as const;
}

function formEncoded(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}
