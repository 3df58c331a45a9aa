import { ApiKeysError } from "../base/errors";
import { variableName } from "../base/settingNames";
import type { Credentials } from "../connection/names";
import { credentialsOf, schemeFor } from "../definition/credentials";
import type { AuthDefinition } from "../definition/schema/auth";
import type { AnonymousTransport, Authenticator } from "../http/authenticator";
import { parseBaseUrl } from "../http/baseUrl";
import type { Holder } from "./credentials";
import { fixedAuthenticator } from "./fixed";
import { loginAuthenticator } from "./login";
import { oauth2Authenticator } from "./oauth2";

export interface AuthenticatorOptions extends Holder {
  /** The schemes that the service accepts. */
  readonly definitions: readonly AuthDefinition[];
  readonly credentials: Credentials;
  /** Where the connection says that logins go. Default: what the definition says, else the connection's base URL. */
  readonly authBaseUrl?: URL | undefined;
  /** From `HttpClientOptions.auth`; used by logins only. */
  readonly transport: AnonymousTransport;
}

/**
 * The authenticator for a connection's credentials at a service: of the first scheme that needs these and no others.
 *
 * @throws {ApiKeysError} CONFIGURATION when the service has no scheme for them, or they have a form that it
 *   refuses or that cannot be sent
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { definitions, credentials } = options;
  const definition = schemeFor(definitions, credentials);
  if (!definition) throw noneFits(options);
  const authenticator = authenticatorOf(options, definition);
  const told = authenticator.variables?.bind(authenticator);
  return Object.assign(authenticator, { variables: async () => ({ ...credentials, ...(await told?.()) }) });
}

function authenticatorOf(options: AuthenticatorOptions, definition: AuthDefinition): Authenticator {
  const { credentials, connection, service } = options;
  const holder = { connection, service };
  if (definition.scheme !== "login" && definition.scheme !== "oauth2") {
    return fixedAuthenticator(holder, definition, credentials);
  }
  const ownBase = definition.baseUrl;
  const base =
    options.authBaseUrl ??
    (ownBase === undefined ? undefined : parseBaseUrl(ownBase, connection, "authBaseUrl"));
  const transport = base === undefined ? options.transport : options.transport.to(base);
  const common = { ...holder, credentials, transport };
  return definition.scheme === "login"
    ? loginAuthenticator({ ...common, definition })
    : oauth2Authenticator({ ...common, definition });
}

function noneFits({ definitions, credentials, connection, service }: AuthenticatorOptions): ApiKeysError {
  const accepted = definitions.map((scheme) => {
    const names = credentialsOf(scheme);
    return `${names.join(" and ")} (${names.map((name) => variableName(connection, name)).join(", ")})`;
  });
  return new ApiKeysError(
    "CONFIGURATION",
    `Connection "${connection}" holds ${Object.keys(credentials).join(" and ")}, but ${service} accepts only ` +
      `${accepted.join(", or ")}. Set these environment variables, or these fields of the connection.`,
  );
}
