import { type Credentials, isSameSet } from "../connection/names";
import { variablesIn } from "../json/templates";
import type { AuthDefinition } from "./schema/auth";

/** Names of the credentials that a connection has to give for a way to authenticate. */
export function credentialsOf(definition: AuthDefinition): string[] {
  return [...new Set(named(definition))];
}

/** The first way to authenticate that takes these credentials and no others. */
export function schemeFor(
  definitions: readonly AuthDefinition[],
  credentials: Credentials,
): AuthDefinition | undefined {
  const given = Object.keys(credentials);
  return definitions.find((scheme) => isSameSet(credentialsOf(scheme), given));
}

function named(definition: AuthDefinition): string[] {
  switch (definition.scheme) {
    case "query":
      return ["apiKey"];
    case "headers":
      return variablesIn(definition.headers);
    case "basic":
      return variablesIn([definition.username ?? "{username}", definition.password ?? "{password}"]);
    case "login": {
      const { path, headers, query, body, basic } = definition.login;
      const renewing = variablesIn(definition.refresh?.body).filter((name) => name !== "refreshToken");
      return [
        ...(basic ? ["username", "password"] : []),
        ...variablesIn([path, headers, query, body]),
        ...renewing,
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
function sentBeside({ send, captures }: Extract<AuthDefinition, { scheme: "login" | "oauth2" }>): string[] {
  const given = new Set(["accessToken", ...Object.keys(captures ?? {})]);
  return variablesIn(send?.headers).filter((name) => !given.has(name));
}
