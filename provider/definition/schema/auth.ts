import { z } from "zod";
import { conditions } from "./condition";
import { object } from "./object";
import { encoding, method } from "./operation";
import { loginPlace } from "./place";
import { evidence, headerName, headers, json, name, pathTemplate, pattern, template } from "./text";

const scheme = <Name extends string>(name: Name) => z.literal(name);

const baseUrl = z
  .url({ protocol: /^https?$/, error: "must be a URL, such as https://auth.acme.example" })
  .optional()
  .describe("Where it is, if not at the connection's base URL. A connection's authBaseUrl goes before.");

/** How the token of a login is sent. */
const send = object({
  headers: headers
    .optional()
    .describe("Headers, in whose values {accessToken} and what the login captures may stand."),
  cookies: z
    .union([z.literal(true), z.array(z.string().min(1)).min(1)], {
      error: "must be true, or a list of names",
    })
    .optional()
    .describe("Cookies of the login's answer that are sent: those of these names, or all."),
})
  .optional()
  .describe("How requests show that they are logged in. Default: Authorization: Bearer {accessToken}.");

const captures = z
  .record(name, loginPlace)
  .optional()
  .describe(
    "Variables for the operations' paths, queries, bodies and headers that the login's answer tells.",
  );

const session = {
  expiresInSeconds: loginPlace
    .optional()
    .describe("Where the answer tells the token's lifetime, in seconds."),
  lifetimeSeconds: z
    .number()
    .positive()
    .optional()
    .describe("The token's lifetime, where no answer tells it."),
  unauthorized: conditions
    .optional()
    .describe("What is true of the answer to a request whose token has ended. Default: status 401."),
  send,
  captures,
};

const bearer = object({ scheme: scheme("bearer") }).describe(
  "The connection's token as Authorization: Bearer (RFC 6750).",
);

const header = object({
  scheme: scheme("header"),
  header: headerName.describe("The header's name, such as X-Api-Key."),
  prefix: z
    .string({ error: "must be text" })
    .optional()
    .describe('What stands before the credential, such as "Token ". Default: nothing.'),
  accepts: object({ pattern, reason: z.string() })
    .optional()
    .describe("A credential of any other shape is refused before any request; the reason says why."),
}).describe("The connection's apiKey in a header of its own.");

const several = object({
  scheme: scheme("headers"),
  headers: headers.describe("Headers, whose values hold {credentials} of the connection."),
}).describe("Several credentials, each in a header of its own.");

const basic = object({
  scheme: scheme("basic"),
  username: template.optional().describe("Default: {username}."),
  password: template.optional().describe("Default: {password}."),
}).describe("User name and password with each request (RFC 7617), or what stands in their places.");

const query = object({
  scheme: scheme("query"),
  parameter: z.string().min(1).describe("The parameter's name."),
}).describe("The connection's apiKey as a parameter of the query.");

const login = object({
  scheme: scheme("login"),
  login: object({
    method: method.optional().describe("Default: POST."),
    path: pathTemplate.describe("Path of the login."),
    headers: headers.optional().describe("Headers of the login alone, whose values may hold {credentials}."),
    query: z.record(z.string().min(1), template).optional(),
    encoding: encoding.optional(),
    basic: z.literal(true).optional().describe("Whether {username} and {password} go as RFC 7617 has it."),
    usernameField: z.string().min(1).optional().describe("Where a JSON or form body has the user name."),
    passwordField: z.string().min(1).optional().describe("Where a JSON or form body has the password."),
    body: json.optional().describe("The body, whose texts may hold {credentials} of the connection."),
  }).describe("The request that logs in."),
  baseUrl,
  accessToken: loginPlace
    .optional()
    .describe("Where the answer tells the token. May be missing if cookies are sent."),
  refresh: object({
    method: method.optional().describe("Default: POST."),
    path: pathTemplate.describe("Path of the renewal."),
    encoding: encoding.optional(),
    tokenField: z.string().min(1).optional().describe("Where a body has the refresh token."),
    body: json.optional().describe("The body, whose texts may hold {refreshToken}."),
  })
    .optional()
    .describe("The request that renews a login. Default: one logs in again."),
  refreshToken: loginPlace.optional().describe("Where the answer tells the refresh token."),
  ...session,
  evidence: evidence.optional(),
}).describe("The connection's credentials are traded for a token or a cookie, which is renewed in time.");

const oauth2 = object({
  scheme: scheme("oauth2"),
  path: pathTemplate.describe("Path of the token endpoint."),
  baseUrl,
  clientAuthentication: z
    .enum(["basic", "body"], { error: 'must be "basic" or "body"' })
    .optional()
    .describe("How {clientId} and {clientSecret} are sent. Default: basic."),
  parameters: z
    .record(z.string().min(1), template)
    .optional()
    .describe("Further parameters of the form, such as scope or audience."),
  encoding: encoding.optional().describe("Default: form."),
  accessToken: loginPlace.optional().describe("Default: access_token."),
  ...session,
  evidence: evidence.optional(),
}).describe(
  "OAuth 2 client credentials (RFC 6749, section 4.4): the connection's clientId and clientSecret.",
);

export const auth = z.discriminatedUnion("scheme", [bearer, header, several, basic, query, login, oauth2], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? "scheme must be one of bearer, header, headers, basic, query, login, oauth2"
      : undefined,
});

/** The accepted ways to authenticate: which one is used, the connection's credentials decide. */
export const auths = z
  .union([auth, z.array(auth).min(1)], { error: "must be a way to authenticate, or a list of them" })
  .describe(
    "How requests authenticate; of several ways, the connection's credentials decide. Default: bearer.",
  );

export type AuthDefinition = z.output<typeof auth>;
