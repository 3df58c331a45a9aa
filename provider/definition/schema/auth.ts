import { z } from "zod";
import { conditions } from "./condition";
import { object } from "./object";
import { encoding, method } from "./operation";
import { loginPlace } from "./place";
import { evidence, headers, json, name, pathTemplate, pattern, template } from "./text";

const scheme = <Name extends string>(name: Name) => z.literal(name);

const baseUrl = z
  .url({ protocol: /^https?$/, error: "must be a URL, such as https://auth.acme.example" })
  .optional()
  .describe("Where to log in. A connection's authBaseUrl goes before. Default: the connection's base URL.");

/** How the token of a login is sent. */
const send = object({
  headers: headers
    .optional()
    .describe("Headers. Their values may hold {accessToken}, {captures} and {credentials}."),
  cookies: z
    .union([z.literal(true), z.array(z.string().min(1)).min(1)], {
      error: "must be true, or a list of names",
    })
    .optional()
    .describe("Names of the login's cookies to send, or true for all."),
})
  .optional()
  .describe("What requests carry. Default: Authorization: Bearer {accessToken}.");

const captures = z
  .record(name, loginPlace)
  .optional()
  .describe("Variables for operations, and where the response to the login has them.");

const session = {
  expiresInSeconds: z
    .union([z.number().positive(), loginPlace], {
      error: "must be a number of seconds, or the place where the response has it",
    })
    .optional()
    .describe("Lifetime in seconds, or where the response has it. Default: the cookies' own."),
  unauthorized: conditions
    .optional()
    .describe("What is true of a response when the session has ended. Default: status 401."),
  send,
  captures,
};

const bearer = object({ scheme: scheme("bearer") }).describe(
  "The connection's token as Authorization: Bearer (RFC 6750).",
);

const several = object({
  scheme: scheme("headers"),
  headers: headers.describe("Headers. Their values hold {credentials}."),
  accepts: z
    .record(
      name,
      object({
        pattern: pattern.describe("Regular expression that it must match."),
        reason: z.string().describe("What to tell the user."),
      }),
    )
    .optional()
    .describe(
      "By name of a credential: a pattern that it must match before anything is sent, and a reason for messages.",
    ),
}).describe("Credentials of the connection in headers.");

const basic = object({
  scheme: scheme("basic"),
  username: template.optional().describe("Default: {username}."),
  password: template.optional().describe("Default: {password}."),
}).describe("User name and password (RFC 7617).");

const query = object({
  scheme: scheme("query"),
  parameter: z.string().min(1).describe("The parameter's name."),
}).describe("The connection's apiKey in the query.");

const login = object({
  scheme: scheme("login"),
  login: object({
    method: method.optional().describe("Default: POST."),
    path: pathTemplate.describe("Path of the login."),
    headers: headers.optional().describe("Headers. Their values may hold {credentials}."),
    query: z
      .record(z.string().min(1), template)
      .optional()
      .describe("Query. Its values may hold {credentials}."),
    encoding: encoding.optional(),
    basic: z.literal(true).optional().describe("Whether to send {username} and {password} by RFC 7617."),
    body: json.optional().describe("Body. Its texts may hold {credentials}."),
  }).describe("The request that logs in."),
  baseUrl,
  accessToken: loginPlace
    .optional()
    .describe("Where the response has the token. Optional if cookies are sent."),
  refresh: object({
    method: method.optional().describe("Default: POST."),
    path: pathTemplate.describe("Path of the renewal."),
    encoding: encoding.optional(),
    body: json.optional().describe("Body. Its texts may hold {refreshToken} and {credentials}."),
  })
    .optional()
    .describe("The request that renews a session. Default: another login."),
  refreshToken: loginPlace.optional().describe("Where the response has the refresh token."),
  ...session,
  evidence: evidence.optional(),
}).describe("A request trades the credentials for a token or cookies, which are renewed in time.");

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
    .describe("Further parameters, such as scope or audience."),
  encoding: encoding.optional().describe("Default: form."),
  accessToken: loginPlace.optional().describe("Default: access_token."),
  ...session,
  evidence: evidence.optional(),
}).describe("Client credentials of OAuth 2 (RFC 6749, section 4.4).");

export const auth = z
  .discriminatedUnion("scheme", [bearer, several, basic, query, login, oauth2], {
    error: (issue) =>
      issue.code === "invalid_union"
        ? "scheme must be one of bearer, headers, basic, query, login, oauth2"
        : undefined,
  })
  .meta({ id: "auth" });

/** The accepted ways to authenticate: which one is used, the connection's credentials decide. */
export const auths = z
  .union([auth, z.array(auth).min(1)], { error: "must be a way to authenticate, or a list of them" })
  .describe("How requests authenticate. The connection's credentials choose among several. Default: bearer.");

/** A way to authenticate as a definition says it. */
export type WrittenAuth = z.output<typeof auth>;

/** A way to authenticate as it is used: the shorthand is spelled out. */
export type AuthDefinition = Exclude<WrittenAuth, { scheme: "bearer" }>;
