import { ApiKeysError } from "../base/errors";
import type { Credentials } from "../connection/names";
import { credentialsOf } from "../definition/credentials";
import type { AuthDefinition } from "../definition/schema/auth";
import type { Authenticator } from "../http/authenticator";
import { isHeaderValue } from "../http/headerValue";
import { isReservedHeader } from "../http/requestHeaders";
import { compiled } from "../json/patterns";
import { fillTexts } from "../json/templates";
import { basicAuthorization } from "./basic";
import { type Holder, refuse, sendable } from "./credentials";

type FixedDefinition = Exclude<AuthDefinition, { scheme: "login" | "oauth2" }>;

/**
 * The authenticator of a scheme that sends the same with each request.
 *
 * @throws {ApiKeysError} CONFIGURATION for a credential that the definition refuses or that cannot be sent
 */
export function fixedAuthenticator(
  holder: Holder,
  definition: FixedDefinition,
  credentials: Credentials,
): Authenticator {
  switch (definition.scheme) {
    case "headers":
      for (const name of credentialsOf(definition)) {
        checkShape(holder, definition, name, sendable(holder, name, credentials));
      }
      return always(asHeaders(holder, fillTexts(definition.headers, credentials, "refuse")));
    case "basic": {
      for (const name of credentialsOf(definition)) {
        if (!credentials[name]) throw refuse(holder, name, "is empty");
      }
      const { username = "{username}", password = "{password}" } = definition;
      const filled = fillTexts({ username, password }, credentials, "refuse");
      return always({
        authorization: basicAuthorization(holder, filled.username ?? "", filled.password ?? ""),
      });
    }
    case "query": {
      const parameters = { [definition.parameter]: sendable(holder, "apiKey", credentials) };
      return { headers: async () => ({}), query: async () => parameters };
    }
  }
}

function always(headers: Readonly<Record<string, string>>): Authenticator {
  return { headers: async () => headers };
}

/** Lower-case names, and values that can be sent. */
export function asHeaders(
  { service }: Holder,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const sent = Object.entries(headers).map(([name, value]) => {
    if (isReservedHeader(name)) {
      throw new ApiKeysError(
        "CONFIGURATION",
        `The definition of ${service} sends credentials in the header ${name}, which HTTP needs for itself.`,
      );
    }
    if (!isHeaderValue(value)) {
      throw new ApiKeysError(
        "CONFIGURATION",
        `The header ${name} of ${service} would hold a character that cannot be sent. ` +
          "Correct the credentials of the connection, or the service definition.",
      );
    }
    return [name.toLowerCase(), value];
  });
  return Object.fromEntries(sent);
}

function checkShape(
  holder: Holder,
  { accepts = {} }: Extract<AuthDefinition, { scheme: "headers" }>,
  name: string,
  value: string,
): void {
  const accepted = Object.hasOwn(accepts, name) ? accepts[name] : undefined;
  if (accepted && !compiledPattern(holder, name, accepted.pattern).test(value)) {
    throw refuse(holder, name, `is not accepted: ${accepted.reason}`);
  }
}

function compiledPattern({ service }: Holder, name: string, source: string): RegExp {
  try {
    return compiled(source);
  } catch {
    throw new ApiKeysError(
      "CONFIGURATION",
      `The definition of ${service} has no regular expression at /auth/…/accepts/${name}/pattern.`,
    );
  }
}
