import { createAuthenticator } from "../../provider/auth";
import type { Credentials } from "../../provider/connection/names";
import type { AuthDefinition } from "../../provider/definition/schema/auth";
import type { HttpRequest } from "../../provider/http/request";
import {
  canary,
  closeAll,
  connect,
  failure,
  get,
  json,
  post,
  type Received,
  serve,
} from "../support/http/loopback";

afterEach(closeAll);

function session(
  baseUrl: string,
  definitions: AuthDefinition | AuthDefinition[],
  credentials: Credentials,
  authBaseUrl?: string,
) {
  return connect(baseUrl, {
    auth: (transport) =>
      createAuthenticator({
        definitions: [definitions].flat(),
        credentials,
        connection: "prod",
        service: "acme",
        authBaseUrl: authBaseUrl === undefined ? undefined : new URL(authBaseUrl),
        transport,
      }),
  });
}

async function sentWith(definition: AuthDefinition, credentials: Credentials, request: HttpRequest = get) {
  const server = await serve((response) => json(response, 200, []));
  await session(server.url, definition, credentials).client.send(request);
  return server.received[0] as Received;
}

const basicOf = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const person = { username: "ci@acme.example", password: `${canary}-password` };
const machine = { clientId: "c:1", clientSecret: `${canary} s+&` };

const bearer: AuthDefinition = { scheme: "headers", headers: { Authorization: "Bearer {token}" } };

describe("credentials of each request", () => {
  it("may have a word before them", async () => {
    const { headers } = await sentWith(
      { scheme: "headers", headers: { Authorization: "Token {apiKey}" } },
      { apiKey: "k" },
    );
    expect(headers.authorization).toBe("Token k");
  });

  it("may be several, each in its header", async () => {
    const definition: AuthDefinition = {
      scheme: "headers",
      headers: { "DD-API-KEY": "{apiKey}", "DD-APPLICATION-KEY": "{applicationKey}" },
    };
    const { headers } = await sentWith(definition, { apiKey: "k", applicationKey: "a" });
    expect(headers).toMatchObject({ "dd-api-key": "k", "dd-application-key": "a" });
  });

  it("are a user name and a password in UTF-8, or what stands in their places", async () => {
    const plain = await sentWith({ scheme: "basic" }, { username: "ü", password: "p:1" });
    expect(plain.headers.authorization).toBe(basicOf("ü:p:1"));
    const key: AuthDefinition = { scheme: "basic", username: "{apiKey}", password: "" };
    expect((await sentWith(key, { apiKey: "k" })).headers.authorization).toBe(basicOf("k:"));
  });

  it("may be of a shape that is written as older expressions are", async () => {
    const definition: AuthDefinition = {
      scheme: "headers",
      headers: { "X-Key": "{apiKey}" },
      accepts: { apiKey: { pattern: "^sk\\-", reason: "a key begins with sk-" } },
    };
    expect((await sentWith(definition, { apiKey: "sk-1" })).headers["x-key"]).toBe("sk-1");
    expect(await failure(() => sentWith(definition, { apiKey: "1" }))).toMatchObject({
      message: expect.stringContaining("a key begins with sk-"),
    });
  });

  it("with a colon in the user name are refused: it would end there", async () => {
    const error = await failure(() =>
      session("https://a.example", { scheme: "basic" }, { username: `${canary}:x`, password: canary }),
    );
    expect(error).toMatchObject({ code: "CONFIGURATION", message: expect.stringContaining("colon") });
  });

  it("go into the query beside the request's own, encoded, and into no message", async () => {
    const definition: AuthDefinition = { scheme: "query", parameter: "api_key" };
    const { url } = await sentWith(definition, { apiKey: "k&1" }, { ...get, query: { page: "2" } });
    expect(url).toBe("/keys?page=2&api_key=k%261");
    const server = await serve((response) => response.writeHead(302, { location: "/x" }).end());
    await failure(session(server.url, definition, { apiKey: canary }).client.send(get));
    expect(server.received[0]?.url).toContain(canary);
  });

  it("choose the scheme: the one that needs these and no others", async () => {
    const one: AuthDefinition = { scheme: "headers", headers: { "X-One": "{apiKey}" } };
    const two: AuthDefinition = { scheme: "headers", headers: { "X-Two": "{apiKey}{secondKey}" } };
    const server = await serve((response) => json(response, 200, []));
    await session(server.url, [one, two], { apiKey: "k", secondKey: "s" }).client.send(get);
    expect(server.received[0]?.headers).toMatchObject({ "x-two": "ks" });
    expect(server.received[0]?.headers).not.toHaveProperty("x-one");
  });
});

describe("a login", () => {
  type LoginAuth = Extract<AuthDefinition, { scheme: "login" }>;
  const login = (parts: Partial<LoginAuth> = {}, request: Partial<LoginAuth["login"]> = {}): LoginAuth => ({
    scheme: "login",
    login: { path: "/login", body: { user: "{username}", password: "{password}" }, ...request },
    accessToken: "token",
    ...parts,
  });

  /** What a vendor received whose answer to the login this is, for one request. */
  async function received(
    definition: AuthDefinition,
    body: unknown,
    headers = {},
    credentials: Credentials = person,
  ) {
    const server = await serve((response, { url }) =>
      url.startsWith("/login") ? json(response, 200, body, headers) : json(response, 200, []),
    );
    const { client } = session(server.url, definition, credentials);
    await client.send(get);
    const [first, second] = server.received as [Received, Received];
    return { first, second, client };
  }

  it("sends a form with constants beside the credentials, and headers of its own", async () => {
    const request = {
      encoding: "form",
      body: { grant: "password", in: { tenant: "t" }, user: "{username}", password: "{password}" },
      headers: { Origin: "https://acme.example" },
    } as const;
    const { first, second } = await received(login({}, request), { token: "t" });
    expect(first.headers).toMatchObject({
      "content-type": "application/x-www-form-urlencoded",
      origin: "https://acme.example",
    });
    expect(Object.fromEntries(new URLSearchParams(first.body))).toEqual({
      grant: "password", "in[tenant]": "t", user: person.username, password: person.password,
    }); // biome-ignore format: one list
    expect(second.headers).not.toHaveProperty("origin");
    expect(second.headers.authorization).toBe("Bearer t");
  });

  it("by GET carries credentials in its query and as basic, and no body", async () => {
    const definition: AuthDefinition = {
      scheme: "login",
      login: { method: "GET", path: "/login", basic: true, query: { realm: "{realm}" } },
      accessToken: "/data/0/token",
    };
    const credentials = { ...person, realm: "r 1" };
    const { first, second } = await received(definition, { data: [{ token: "deep" }] }, {}, credentials);
    expect(first).toMatchObject({ method: "GET", url: "/login?realm=r%201", body: "" });
    expect(first.headers.authorization).toBe(basicOf(`${person.username}:${person.password}`));
    expect(second.headers.authorization).toBe("Bearer deep");
  });

  it("puts credentials anywhere into a body, and leaves other braces alone", async () => {
    const definition = {
      ...login(),
      login: { path: "/login", body: { auth: [{ id: "{applicationKey}" }], query: "{ token }" } },
    };
    const { first } = await received(definition, { token: "t" }, {}, { applicationKey: "a" });
    expect(JSON.parse(first.body)).toEqual({ auth: [{ id: "a" }], query: "{ token }" });
  });

  it("finds its token in a header, or a part of one, and sends it as is declared", async () => {
    const definition = login({
      accessToken: { header: "X-Subject-Token", part: "^Session (.+)$" },
      send: { headers: { "X-Auth-Token": "token {accessToken}" } },
    });
    const { second } = await received(definition, {}, { "x-subject-token": "Session s1" });
    expect(second.headers["x-auth-token"]).toBe("token s1");
    expect(second.headers).not.toHaveProperty("authorization");
  });

  it("sends the named cookies of its answer as they are, and what it provides", async () => {
    const definition = login({
      send: { cookies: ["sid"], headers: { "X-CSRF-Token": "{csrf}" } },
      captures: { csrf: { cookie: "csrf" }, accountId: "/account/id" },
    });
    delete (definition as { accessToken?: unknown }).accessToken;
    const cookies = [
      "sid=a%20b=; Path=/; Expires=Wed, 21 Oct 2099 07:28:00 GMT; HttpOnly",
      "csrf=c1",
      "ad=x",
    ];
    const { second, client } = await received(definition, { account: { id: 7 } }, { "set-cookie": cookies });
    expect(second.headers).toMatchObject({ cookie: "sid=a%20b=", "x-csrf-token": "c1" });
    expect(await client.variables()).toMatchObject({ csrf: "c1", accountId: "7" });
  });

  it("whose response lacks the cookie is one error without the response's text, and is not repeated", async () => {
    const server = await serve((response) =>
      json(response, 200, {}, { "set-cookie": [`x=${canary}`, "sid=; Max-Age=0"] }),
    );
    const definition = login({ send: { cookies: ["sid"] } });
    delete (definition as { accessToken?: unknown }).accessToken;
    const { client } = session(server.url, definition, person);
    const error = await failure(client.send(get));
    expect(error).toMatchObject({
      code: "RESPONSE_INVALID",
      message: expect.stringContaining("no cookie sid"),
    });
    await failure(client.send(get));
    expect(server.received).toHaveLength(1);
  });

  it("is renewed once after an answer that is declared to reject the token, and not after another 403", async () => {
    let logins = 0;
    const server = await serve((response, { url, headers }) => {
      if (url === "/login") return json(response, 200, { token: `t${++logins}` });
      if (headers.authorization === "Bearer t1") return json(response, 403, { code: "TOKEN_EXPIRED" });
      json(response, 403, { code: "FORBIDDEN" });
    });
    const definition = login({ unauthorized: { status: 403, at: "/code", equals: "TOKEN_EXPIRED" } });
    const { client } = session(server.url, definition, person);
    const answers = await Promise.all([client.send(post), client.send(get)]);
    expect(answers.map(({ body }) => body)).toEqual(
      Array(2).fill({ kind: "json", value: { code: "FORBIDDEN" } }),
    );
    expect(logins).toBe(2);
  });

  it("is not renewed again where the new one was rejected too, until a request with it was not", async () => {
    let logins = 0;
    let status = 403;
    const server = await serve((response, { url }) => {
      if (url === "/login") return json(response, 200, { token: `t${++logins}` });
      json(response, status, { code: "FORBIDDEN" });
    });
    const { client } = session(server.url, login({ unauthorized: { status: 403 } }), person);
    for (let count = 0; count < 12; count++) await client.send(get);
    expect(logins).toBe(2);
    status = 404;
    await client.send(get);
    status = 403;
    await client.send(get);
    expect(logins).toBe(3);
  });

  it("is not renewed after 502, whatever is declared: a second live key would be orphaned", async () => {
    const server = await serve((response, { url }) => {
      if (url === "/login") return json(response, 200, { token: "t1" });
      json(response, 502, { code: "EXPIRED" });
    });
    const definition = login({ unauthorized: { at: "/code", equals: "EXPIRED" } });
    const { client } = session(server.url, definition, person);
    expect(await client.send(post)).toMatchObject({ status: 502 });
    expect(server.received.map(({ url }) => url)).toEqual(["/login", "/keys"]);
  });

  it("is not renewed after a page that is no JSON where the body has to say so", async () => {
    const server = await serve((response, { url }) => {
      if (url === "/login") return json(response, 200, { token: "t1" });
      response.writeHead(403, { "content-type": "text/html" }).end("<h1>Forbidden</h1>");
    });
    const definition = login({ unauthorized: { status: 403, at: "/permission", exists: false } });
    const { client } = session(server.url, definition, person);
    expect(await client.send(post)).toMatchObject({ status: 403 });
    expect(server.received.map(({ url }) => url)).toEqual(["/login", "/keys"]);
  });

  it("returns a token of 60 seconds that all requests share and none uses in its last tenth", async () => {
    let logins = 0;
    const server = await serve((response, { url }) =>
      json(response, 200, url === "/login" ? { token: `t${++logins}` } : []),
    );
    const { client, clock } = session(server.url, login({ expiresInSeconds: 60 }), person);
    await Promise.all([client.send(get), client.send(get), client.variables()]);
    clock.time += 53_999;
    await client.send(get);
    expect(logins).toBe(1);
    clock.time += 1;
    await Promise.all([client.send(get), client.send(get)]);
    expect(logins).toBe(2);
  });

  it("that runs into a limit of ten a minute without Retry-After waits for its end, once for all calls", async () => {
    const server = await serve((response, { url }) => {
      if (url !== "/login") return json(response, 200, []);
      json(response, clock.now() - start < 60_000 ? 429 : 200, { token: "t" });
    });
    const { client, clock } = session(server.url, login(), person);
    const start = clock.now();
    const answers = await Promise.all([client.send(get), client.send(post), client.send(get)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(server.received.filter(({ url }) => url === "/login")).toHaveLength(5);
  });
});

describe("an OAuth 2 client", () => {
  const definition: AuthDefinition = { scheme: "oauth2", path: "/token", parameters: { scope: "keys" } };
  const issue = () => serve((response) => json(response, 200, { access_token: "t", expires_in: 60 }));

  it("trades id and secret, encoded as in a form, for a token at the declared origin alone", async () => {
    const [tokens, api] = [await issue(), await serve((response) => json(response, 200, []))];
    const { client, clock } = session(api.url, { ...definition, baseUrl: `${tokens.url}/oauth` }, machine);
    await client.send(get);
    clock.time += 54_000;
    await client.send(get);
    expect(tokens.received).toHaveLength(2);
    expect(tokens.received[0]).toMatchObject({
      method: "POST",
      url: "/oauth/token",
      body: "grant_type=client_credentials&scope=keys",
    });
    expect(tokens.received[0]?.headers.authorization).toBe(basicOf(`c%3A1:${canary}+s%2B%26`));
    expect(api.received.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill("Bearer t"));
  });

  it("goes where the connection says before where the definition says, with its secret in the body if declared", async () => {
    const [tokens, other, api] = [
      await issue(),
      await issue(),
      await serve((response) => json(response, 200, [])),
    ];
    const inBody: AuthDefinition = { ...definition, baseUrl: other.url, clientAuthentication: "body" };
    await session(api.url, inBody, machine, tokens.url).client.send(get);
    expect(other.received).toHaveLength(0);
    expect(Object.fromEntries(new URLSearchParams(tokens.received[0]?.body))).toMatchObject({
      client_secret: machine.clientSecret,
    });
    expect(tokens.received[0]?.headers).not.toHaveProperty("authorization");
  });

  it("sends no secret in the clear to another host", async () => {
    const error = await failure(() =>
      session("https://a.example", { ...definition, baseUrl: "http://b.example" }, machine),
    );
    expect(error).toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringContaining("APIKEYS_PROD_AUTH_BASE_URL"),
    });
  });

  it.each([400, 401, 403])(
    "refused with %d is told so once, by the code that the standard knows",
    async (status) => {
      const server = await serve((response) =>
        json(response, status, { error: "invalid_client", error_description: canary }),
      );
      const { client } = session(server.url, definition, machine);
      const [error] = await Promise.all([failure(client.send(get)), failure(client.send(post))]);
      expect(error.message).toBe(
        `Could not log in at acme (connection "prod"): the clientId or clientSecret was refused (HTTP ${status}, invalid_client). ` +
          "Correct APIKEYS_PROD_CLIENT_ID and APIKEYS_PROD_CLIENT_SECRET in the environment, or the connection's clientId and clientSecret.",
      );
      await failure(client.send(get));
      expect(server.received).toHaveLength(1);
    },
  );
});

describe("a request", () => {
  it("may be a form, in which what is nested stands in brackets and a list repeats its name", async () => {
    const body = { name: "ci", meta: { env: "prod" }, scopes: ["a", "b"], never: null };
    const { body: sent } = await sentWith(bearer, { token: "t" }, { ...post, body, encoding: "form" });
    expect(decodeURIComponent(sent)).toBe("name=ci&meta[env]=prod&scopes=a&scopes=b");
  });

  it("cannot carry a header that would begin another, nor show it", async () => {
    const { client } = session("https://a.example", bearer, { token: "t" });
    const error = await failure(client.send({ ...get, headers: { "x-note": `${canary}\r\nX: 1` } }));
    expect(error).toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining("x-note") });
  });

  it("is repeated if the definition says so, even a POST, and is not if it says so, even a PUT", async () => {
    const server = await serve((response) => json(response, 503, {}));
    const { client } = session(server.url, bearer, { token: "t" });
    await client.send({ ...post, repeatable: true });
    expect(server.received).toHaveLength(5);
    await client.send({ ...post, method: "PUT", repeatable: false });
    expect(server.received).toHaveLength(6);
  });

  it("gets only the headers that it declares, and never a cookie", async () => {
    const server = await serve((response) =>
      json(response, 200, {}, { "x-key": "k", "x-other": "o", "set-cookie": "s=1" }),
    );
    const { client } = session(server.url, bearer, { token: "t" });
    const answer = await client.send({ ...get, readsHeaders: ["x-key", "set-cookie"] });
    expect(answer.headers).toMatchObject({ "x-key": "k" });
    expect(Object.keys(answer.headers)).not.toEqual(expect.arrayContaining(["x-other"]));
    expect(answer.headers).not.toHaveProperty("set-cookie");
    expect(answer).not.toHaveProperty("setCookies");
  });
});
