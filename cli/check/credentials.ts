import { loginRequest } from "../../provider/auth/login";
import { tokenRequest } from "../../provider/auth/oauth2";
import { credentialsOf } from "../../provider/definition/credentials";
import type { AuthDefinition } from "../../provider/definition/definition";
import type { HttpRequest } from "../../provider/http/request";

/** What an authentication scheme adds to each request, with names in place of credentials. */
export interface Shown {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The login, where there is one. */
  readonly before?: Pick<HttpRequest, "method" | "path" | "query" | "headers" | "body" | "encoding">;
}

/** What a scheme adds to each request, with names in place of credentials. */
export function shownCredentials(auth: AuthDefinition): Shown {
  switch (auth.scheme) {
    case "headers":
      return inHeaders(auth.headers);
    case "basic":
      return inHeaders({
        Authorization: `Basic base64(${auth.username ?? "{username}"}:${auth.password ?? "{password}"})`,
      });
    case "query":
      return { headers: {}, query: { [auth.parameter]: masked("{apiKey}") } };
    case "login":
      return {
        ...inSession(auth.send),
        before: before(loginRequest({ ...maskedHolder(auth), definition: auth }), auth.login.basic),
      };
    case "oauth2":
      return {
        ...inSession(auth.send),
        before: before(
          tokenRequest({ ...maskedHolder(auth), definition: auth }),
          auth.clientAuthentication !== "body",
        ),
      };
  }
}

/** Credentials whose values are their names. */
function maskedHolder(auth: AuthDefinition) {
  const names = credentialsOf(auth);
  return {
    connection: "",
    service: "",
    credentials: Object.fromEntries(names.map((name) => [name, `[${name}]`])),
  };
}

function before(request: Shown["before"] & object, basic: boolean | undefined): NonNullable<Shown["before"]> {
  const { authorization: _, ...headers } = request.headers ?? {};
  const readable = basic ? { Authorization: "Basic base64(user name:password)", ...headers } : headers;
  return { ...request, headers: readable };
}

function inSession(send: Extract<AuthDefinition, { scheme: "login" }>["send"]): Shown {
  const cookies =
    send?.cookies === true
      ? "[cookies of the login]"
      : send?.cookies?.map((name) => `${name}=[cookie]`).join("; ");
  const own = send?.headers ?? (cookies === undefined ? { Authorization: "Bearer {accessToken}" } : {});
  return inHeaders({ ...own, ...(cookies !== undefined && { Cookie: cookies }) });
}

function inHeaders(headers: Readonly<Record<string, string>>): Shown {
  const shown = Object.entries(headers).map(([name, template]) => [name, masked(template)]);
  return { headers: Object.fromEntries(shown), query: {} };
}

function masked(template: string): string {
  return template.replaceAll(/\{(\w+)\}/g, "[$1]");
}
