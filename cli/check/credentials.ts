import type { HttpRequest } from "../../provider/http/request";
import type { AuthDefinition } from "../../provider/service/definition";
import { templateVariables, textsIn } from "../../provider/service/templates";
import { filled } from "../../provider/service/wire/request";

/** How a way to authenticate shows in each request, every credential by its name alone. */
export interface Shown {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The request that comes first, where there is one. */
  readonly before?: {
    readonly method: HttpRequest["method"];
    readonly path: string;
    readonly body?: unknown;
  };
}

/** What is sent of a connection's credentials, without them. */
export function shownCredentials(auth: AuthDefinition): Shown {
  switch (auth.scheme) {
    case "bearer":
      return inHeaders({ Authorization: "Bearer {token}" });
    case "header":
      return inHeaders({ [auth.header]: `${auth.prefix ?? ""}{apiKey}` });
    case "headers":
      return inHeaders(auth.headers);
    case "basic":
      return inHeaders({
        Authorization: `Basic base64(${auth.username ?? "{username}"}:${auth.password ?? "{password}"})`,
      });
    case "query":
      return { headers: {}, query: { [auth.parameter]: masked("{apiKey}") } };
    case "login": {
      const { method = "POST", path, usernameField, passwordField, body } = auth.login;
      const named = {
        ...(usernameField !== undefined && { [usernameField]: "{username}" }),
        ...(passwordField !== undefined && { [passwordField]: "{password}" }),
      };
      const whole = body ?? (Object.keys(named).length > 0 ? named : undefined);
      return {
        ...inSession(auth.send),
        before: { method, path, ...(whole !== undefined && { body: maskedWithin(whole) }) },
      };
    }
    case "oauth2":
      return {
        ...inSession(auth.send),
        before: {
          method: "POST",
          path: auth.path,
          body: maskedWithin({ grant_type: "client_credentials", ...auth.parameters }),
        },
      };
  }
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

function maskedWithin(template: unknown): unknown {
  const names = [...textsIn(template)].flatMap(([text]) => templateVariables(text));
  return filled(template, Object.fromEntries(names.map((name) => [name, `[${name}]`])));
}
