import type { Credentials } from "../connection/names";
import { credentialsOf } from "../definition/credentials";
import type { AuthDefinition } from "../definition/schema/auth";
import type { Authenticator } from "../http/authenticator";
import { fillJson, fillPath, fillTexts } from "../json/templates";
import { basicAuthorization } from "./basic";
import { refuse } from "./credentials";
import { type LoginOptions, Logins } from "./logins";
import { SessionAuthenticator } from "./session";

type LoginDefinition = Extract<AuthDefinition, { scheme: "login" }>;

/**
 * Trades a connection's credentials for a token or cookies, and renews these.
 *
 * @throws {ApiKeysError} CONFIGURATION for credentials that cannot be sent
 */
export function loginAuthenticator(options: LoginOptions<LoginDefinition>): Authenticator {
  const { definition, credentials, transport } = options;
  for (const name of credentialsOf(definition)) {
    if (!credentials[name]) throw refuse(options, name, "is empty");
  }
  const logins = new Logins(options);
  const request = loginRequest(options);
  return new SessionAuthenticator(
    transport.clock,
    async (previous) => {
      const { refresh } = definition;
      if (previous?.refreshToken !== undefined && refresh) {
        const renewed = await logins.renew(
          refreshRequest(refresh, credentials, previous.refreshToken),
          previous,
        );
        if (renewed) return renewed;
      }
      return logins.begin(request);
    },
    definition.unauthorized,
  );
}

/** The request that logs in with these credentials. */
export function loginRequest({
  definition,
  credentials,
  connection,
  service,
}: Omit<LoginOptions<LoginDefinition>, "transport">) {
  const { login } = definition;
  const { username = "", password = "" } = credentials;
  const body = fillJson(login.body, credentials, "refuse");
  const basic = login.basic && {
    authorization: basicAuthorization({ connection, service }, username, password),
  };
  return {
    method: login.method ?? "POST",
    path: fillPath(login.path, credentials),
    query: fillTexts(login.query ?? {}, credentials, "refuse"),
    headers: { ...fillTexts(login.headers ?? {}, credentials, "refuse"), ...basic },
    encoding: login.encoding ?? "json",
    ...(body !== undefined && { body }),
  } as const;
}

function refreshRequest(
  refresh: NonNullable<LoginDefinition["refresh"]>,
  credentials: Credentials,
  refreshToken: string,
) {
  const { method = "POST", path, encoding = "json" } = refresh;
  const body = fillJson(refresh.body, { ...credentials, refreshToken }, "refuse");
  return { method, path, encoding, ...(body !== undefined && { body }) } as const;
}
