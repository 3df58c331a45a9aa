import { ApiKeysError } from "../../errors";
import { variablesIn } from "../../json/templates";
import type { AuthDefinition } from "../../service/schema/auth";
import { type Credentials, variableName } from "../../settings";
import { isHeaderValue } from "../headerValue";

/** Whose credentials they are, for messages. */
export interface Holder {
  readonly connection: string;
  readonly service: string;
}

/** Names of the credentials that a connection has to give for a way to authenticate. */
export function credentialsOf(definition: AuthDefinition): string[] {
  return [...new Set(named(definition))];
}

function named(definition: AuthDefinition): string[] {
  switch (definition.scheme) {
    case "bearer":
      return ["token"];
    case "header":
    case "query":
      return ["apiKey"];
    case "headers":
      return variablesIn(definition.headers);
    case "basic":
      return variablesIn([definition.username ?? "{username}", definition.password ?? "{password}"]);
    case "login": {
      const { path, headers, query, body, basic, usernameField, passwordField } = definition.login;
      return [
        ...(basic || usernameField !== undefined ? ["username"] : []),
        ...(basic || passwordField !== undefined ? ["password"] : []),
        ...variablesIn([path, headers, query, body]),
        ...sentBeside(definition),
      ];
    }
    case "oauth2": {
      const { path, parameters } = definition;
      return ["clientId", "clientSecret", ...variablesIn([path, parameters]), ...sentBeside(definition)];
    }
  }
}

/** Credentials that go with each request beside what the login has given. */
function sentBeside({ send, provides }: Extract<AuthDefinition, { scheme: "login" | "oauth2" }>): string[] {
  const given = new Set(["accessToken", ...Object.keys(provides ?? {})]);
  return variablesIn(send?.headers).filter((name) => !given.has(name));
}

/** Whether two lists hold the same names, each once. */
export function isSameSet(names: readonly string[], others: readonly string[]): boolean {
  return names.length === others.length && names.every((name) => others.includes(name));
}

/**
 * A credential that fits into a header; a line break would start a header of its own.
 *
 * @throws {ApiKeysError} CONFIGURATION when it does not
 */
export function sendable(holder: Holder, name: string, credentials: Credentials): string {
  const value = credentials[name] ?? "";
  if (value === "") throw refuse(holder, name, "is empty");
  if (value.trim() !== value) throw refuse(holder, name, "starts or ends with white space");
  if (!isHeaderValue(value)) {
    throw refuse(holder, name, "holds a line break or another character that cannot be sent in a header");
  }
  return value;
}

export function refuse({ connection, service }: Holder, name: string, problem: string): ApiKeysError {
  return new ApiKeysError(
    "CONFIGURATION",
    `The ${name} of connection "${connection}" for ${service} ${problem}. ` +
      `Correct the environment variable ${variableName(connection, name)} or the connection's ${name}.`,
  );
}
