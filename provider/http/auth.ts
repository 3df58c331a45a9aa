import { ApiKeysError } from "../errors";
import type { AuthDefinition } from "../service/definition";
import { type CredentialName, type Credentials, settingsOfScheme, variableName } from "../settings";
import type { AnonymousTransport, Authenticator } from "./authenticator";
import { isHeaderValue } from "./headerValue";
import { LoginAuthenticator } from "./login";

export interface AuthenticatorOptions {
  /** The schemes that the service accepts. */
  readonly definitions: readonly AuthDefinition[];
  readonly credentials: Credentials;
  readonly connection: string;
  readonly service: string;
  /** From `HttpClientOptions.auth`; used by logins only. */
  readonly transport: AnonymousTransport;
}

const reservedHeaders: ReadonlySet<string> = new Set([
  "connection", "content-length", "content-type", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
]); // biome-ignore format: one list

/**
 * The authenticator for a connection's credentials at a service.
 *
 * @throws {ApiKeysError} CONFIGURATION when the service has no scheme for them, or they have a form that it
 *   refuses or that cannot be sent
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { definitions, credentials } = options;
  for (const definition of definitions) {
    if (definition.scheme === "bearer" && credentials.kind === "token") {
      const value = sendable(options, "token", credentials.token);
      return fixed({ authorization: `Bearer ${value}` });
    }
    if (definition.scheme === "header" && credentials.kind === "apiKey") {
      return headerAuthenticator(options, definition, sendable(options, "apiKey", credentials.apiKey));
    }
    if (definition.scheme === "login" && credentials.kind === "login") {
      const { username, password } = credentials;
      if (username === "") throw refuse(options, "username", "is empty");
      if (password === "") throw refuse(options, "password", "is empty");
      return new LoginAuthenticator({ ...options, definition, username, password });
    }
  }
  const accepted = definitions.map(({ scheme }) => {
    const fields: readonly CredentialName[] = settingsOfScheme[scheme];
    return `${fields.join(" and ")} (${fields.map((field) => variableName(options.connection, field)).join(", ")})`;
  });
  throw new ApiKeysError(
    "CONFIGURATION",
    `Connection "${options.connection}" holds ${heldFields(credentials)}, but ${options.service} accepts only ` +
      `${accepted.join(", or ")}. Set these environment variables, or these fields of the connection.`,
  );
}

/** @see RFC 6750, section 2.1 */
function fixed(headers: Readonly<Record<string, string>>): Authenticator {
  return { headers: async () => headers };
}

function headerAuthenticator(
  options: AuthenticatorOptions,
  definition: Extract<AuthDefinition, { scheme: "header" }>,
  value: string,
): Authenticator {
  const name = definition.header.toLowerCase();
  if (reservedHeaders.has(name)) {
    throw new ApiKeysError(
      "CONFIGURATION",
      `The definition of ${options.service} sends credentials in the header ${definition.header}, which HTTP needs for itself.`,
    );
  }
  if (definition.accepts && !pattern(options, definition.accepts.pattern).test(value)) {
    throw refuse(options, "apiKey", `is not accepted: ${definition.accepts.reason}`);
  }
  return fixed({ [name]: value });
}

function pattern(options: AuthenticatorOptions, source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    throw new ApiKeysError(
      "CONFIGURATION",
      `The definition of ${options.service} has no regular expression at /auth/…/accepts/pattern.`,
    );
  }
}

/** A credential that fits into a header; a line break would start a header of its own. */
function sendable(options: AuthenticatorOptions, field: CredentialName, value: string): string {
  if (value === "") throw refuse(options, field, "is empty");
  if (value.trim() !== value) throw refuse(options, field, "starts or ends with white space");
  if (!isHeaderValue(value)) {
    throw refuse(options, field, "holds a line break or another character that cannot be sent in a header");
  }
  return value;
}

function refuse(options: AuthenticatorOptions, field: CredentialName, problem: string): ApiKeysError {
  return new ApiKeysError(
    "CONFIGURATION",
    `The ${field} of connection "${options.connection}" for ${options.service} ${problem}. ` +
      `Correct the environment variable ${variableName(options.connection, field)} or the connection's ${field}.`,
  );
}

function heldFields(credentials: Credentials): string {
  return Object.keys(credentials)
    .filter((key) => key !== "kind")
    .join(" and ");
}
