import { inspect } from "node:util";
import { createAuthenticator } from "../../provider/auth";
import type { Credentials } from "../../provider/connection/names";
import type { AuthDefinition } from "../../provider/definition/schema/auth";
import { canary, closeAll, connect, failure, get, json, serve } from "../support/http/loopback";

afterEach(closeAll);

const bearer: AuthDefinition = { scheme: "headers", headers: { Authorization: "Bearer {token}" } };
const header: AuthDefinition = { scheme: "headers", headers: { "X-Api-Key": "{apiKey}" } };
const platform: AuthDefinition = {
  ...header,
  accepts: { apiKey: { pattern: "^sk_user_.+", reason: "SendKit takes platform keys (sk_user_…) only" } },
};
const login: AuthDefinition = {
  scheme: "login",
  login: { path: "/login", body: { email: "{username}", password: "{password}" } },
  accessToken: "/access_token",
  evidence: "assumed",
};

function client(
  baseUrl: string,
  definitions: AuthDefinition[],
  credentials: Credentials,
  connection = "prod",
) {
  return connect(baseUrl, {
    connection,
    auth: (transport) =>
      createAuthenticator({ definitions, credentials, connection, service: "acme", transport }),
  }).client;
}

describe("credentials", () => {
  it("with a token go into Authorization", async () => {
    const server = await serve((response) => json(response, 200, []));
    await client(server.url, [header, bearer], { token: "t0k.en" }).send(get);
    expect(server.received[0]?.headers.authorization).toBe("Bearer t0k.en");
  });

  it("that are an API key go into the service's own header, and no other", async () => {
    const server = await serve((response) => json(response, 200, []));
    await client(server.url, [bearer, platform], { apiKey: "sk_user_1" }).send(get);
    expect(server.received[0]?.headers["x-api-key"]).toBe("sk_user_1");
    expect(server.received[0]?.headers).not.toHaveProperty("authorization");
  });

  it("of a shape that the service refuses are refused before any request, with its reason", async () => {
    const error = await failure(() => client("https://a.example", [platform], { apiKey: `sk_ws_${canary}` }));
    expect(error).toMatchObject({ code: "CONFIGURATION" });
    expect(error.message).toBe(
      'The apiKey of connection "prod" for acme is not accepted: SendKit takes platform keys (sk_user_…) only. ' +
        "Correct the environment variable APIKEYS_PROD_API_KEY or the connection's apiKey.",
    );
  });

  it.each([
    [`${canary}\r\nX-Admin: 1`, "line break"],
    [`${canary}\n1`, "line break"],
    [`${canary}\u0000`, "cannot be sent"],
    [`${canary}\u007f`, "cannot be sent"],
    [`${canary}\u20ac`, "cannot be sent"],
    [`${canary}\n`, "white space"],
    [` ${canary}`, "white space"],
    ["", "empty"],
  ])("like %j cannot be sent, and are not shown", async (value, words) => {
    for (const [definitions, credentials] of [
      [[bearer], { token: value }],
      [[header], { apiKey: value }],
    ] as [AuthDefinition[], Credentials][]) {
      const error = await failure(() => client("https://a.example", definitions, credentials));
      expect(error).toMatchObject({ code: "CONFIGURATION", message: expect.stringContaining(words) });
    }
  });

  it.each(["username", "password"])("for a login with an empty %s are refused", async (field) => {
    const credentials = { username: canary, password: canary, [field]: "" } as Credentials;
    const error = await failure(() => client("https://a.example", [login], credentials));
    expect(error).toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringContaining(`The ${field} of`),
    });
  });

  it("that fit no scheme make an error that says which do, and which variables to set", async () => {
    const error = await failure(() =>
      client("https://a.example", [login, bearer], { apiKey: canary }, "my-Prod.1"),
    );
    expect(error).toMatchObject({ code: "CONFIGURATION" });
    expect(error.message).toBe(
      'Connection "my-Prod.1" holds apiKey, but acme accepts only username and password ' +
        "(APIKEYS_MY_PROD_1_USERNAME, APIKEYS_MY_PROD_1_PASSWORD), or token (APIKEYS_MY_PROD_1_TOKEN). " +
        "Set these environment variables, or these fields of the connection.",
    );
  });

  it.each(["Host", "Content-Length", "transfer-encoding"])("are not sent as %s", async (name) => {
    const definition: AuthDefinition = { scheme: "headers", headers: { [name]: "{apiKey}" } };
    const error = await failure(() => client("https://a.example", [definition], { apiKey: canary }));
    expect(error).toMatchObject({ code: "CONFIGURATION", message: expect.stringContaining(name) });
  });

  it("checked by a malformed pattern make an error about the definition", async () => {
    const definition: AuthDefinition = { ...header, accepts: { apiKey: { pattern: "(", reason: "x" } } };
    const error = await failure(() => client("https://a.example", [definition], { apiKey: canary }));
    expect(error).toMatchObject({ code: "CONFIGURATION", message: expect.stringContaining("pattern") });
  });

  it("that are wrong get the 401 to the caller: a fixed token cannot be renewed", async () => {
    const server = await serve((response) => json(response, 401, {}));
    expect((await client(server.url, [bearer], { token: "t" }).send(get)).status).toBe(401);
    expect(server.received).toHaveLength(1);
  });

  it.each([
    [bearer, { token: canary }],
    [header, { apiKey: canary }],
    [login, { username: canary, password: canary }],
  ] as [AuthDefinition, Credentials][])(
    "do not show when a client is inspected (%j)",
    async (definition, credentials) => {
      const server = await serve((response, { url }) =>
        json(response, 200, url === "/login" ? { access_token: `${canary}-token` } : []),
      );
      const inspected = client(server.url, [definition], credentials);
      await inspected.send(get);
      expect(inspect(inspected, { depth: Infinity, showHidden: true, getters: true })).not.toContain(canary);
      expect(JSON.stringify(inspected)).not.toContain(canary);
    },
  );
});
