import { createAuthenticator } from "../../provider/auth";
import type { AuthDefinition } from "../../provider/definition/schema/auth";
import type { HttpClientOptions } from "../../provider/http/client";
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

const plain: AuthDefinition = {
  scheme: "login",
  login: { path: "/login", body: { email: "{username}", password: "{password}" } },
  accessToken: "/access_token",
  expiresInSeconds: "/expires_in",
  evidence: "assumed",
};
const refreshing: AuthDefinition = {
  ...plain,
  refresh: { path: "/refresh", body: { refresh_token: "{refreshToken}" } },
  refreshToken: "/refresh_token",
};

function session(baseUrl: string, definition: AuthDefinition, options: Partial<HttpClientOptions> = {}) {
  const credentials = { username: "ci@acme.example", password: `${canary}-password` } as const;
  return connect(baseUrl, {
    auth: (transport) =>
      createAuthenticator({
        definitions: [definition],
        credentials,
        connection: "prod",
        service: "acme",
        transport,
      }),
    ...options,
  });
}

interface Vendor {
  expiresIn?: unknown;
  /** What the vendor does instead of giving tokens. */
  onLogin?: (count: number) => number | undefined;
  onRefresh?: (count: number) => number | undefined;
  /** What it answers to a request for keys, unless by whether it takes the token. */
  onKeys?: (token: number) => number | undefined;
  /** Tokens, by number, that the vendor no longer takes. */
  revoked?: Set<number>;
  refreshTokens?: boolean;
}

/** A vendor whose tokens are numbered, `canary-1` being the first. */
async function vendor(behaviour: Vendor = {}) {
  const { expiresIn, onLogin, onRefresh, onKeys, revoked = new Set(), refreshTokens = true } = behaviour;
  let issued = 0;
  const at = (path: string) => server.received.filter(({ url }) => url === path);
  const server = await serve((response, request) => {
    if (request.url === "/login" || request.url === "/refresh") {
      const refused = (request.url === "/login" ? onLogin : onRefresh)?.(at(request.url).length);
      if (refused !== undefined) return json(response, refused, { error: `${canary} is wrong` });
      issued++;
      const refresh = refreshTokens ? { refresh_token: `${canary}-refresh-${issued}` } : {};
      return json(response, 200, { access_token: `${canary}-${issued}`, expires_in: expiresIn, ...refresh });
    }
    const token = Number(request.headers.authorization?.split("-")[1]);
    json(response, onKeys?.(token) ?? (token > 0 && !revoked.has(token) ? 200 : 401), {});
  });
  const tokens = () => at("/keys").map(({ headers }) => headers.authorization?.split("-")[1]);
  const bodies = (path: string) => at(path).map(({ body }: Received) => JSON.parse(body));
  return { url: server.url, at, tokens, bodies, revoked };
}

describe("a login", () => {
  it("happens once for all requests, with the fields that the service names, and sends no other credentials", async () => {
    const { url, at, tokens, bodies } = await vendor();
    const { client } = session(url, refreshing);
    await Promise.all([1, 2, 3, 4, 5].map(() => client.send(get)));
    await client.send(get);
    expect(bodies("/login")).toEqual([{ email: "ci@acme.example", password: `${canary}-password` }]);
    expect(at("/login")[0]).toMatchObject({
      method: "POST",
      headers: { "content-type": "application/json" },
    });
    expect(at("/login")[0]?.headers).not.toHaveProperty("authorization");
    expect(tokens()).toEqual(Array(6).fill("1"));
  });

  it("gets through even when every slot of the queue waits for it", async () => {
    const { url, tokens } = await vendor();
    const { client } = session(url, plain, { policy: { concurrency: 1 } });
    await Promise.all([client.send(get), client.send(get)]);
    expect(tokens()).toEqual(["1", "1"]);
  });

  it.each([400, 401, 403, 422])(
    "refused with %d names the connection and what to set, and no value",
    async (status) => {
      const { url, at } = await vendor({ onLogin: () => status });
      const { client } = session(url, plain);
      const error = await failure(client.send(post));
      expect(error).toMatchObject({ code: "CONFIGURATION" });
      expect(error.message).toBe(
        `Could not log in at acme (connection "prod"): the user name or password was refused (HTTP ${status}). ` +
          "Correct APIKEYS_PROD_USERNAME and APIKEYS_PROD_PASSWORD in the environment, or the connection's username and password.",
      );
      expect(error.message).not.toContain("ci@acme.example");
      expect(at("/keys")).toHaveLength(0);
    },
  );

  it("that was refused is not tried again: hundreds of wrong passwords would lock the account", async () => {
    const { url, at } = await vendor({ onLogin: () => 401 });
    const { client } = session(url, plain);
    await Promise.all([1, 2, 3].map(() => failure(client.send(get))));
    expect(await failure(client.send(get))).toMatchObject({ code: "CONFIGURATION" });
    expect(at("/login")).toHaveLength(1);
  });

  it("at an address without a login says that the address may be wrong", async () => {
    const { url } = await vendor({ onLogin: () => 404 });
    const error = await failure(session(url, plain).client.send(get));
    expect(error).toMatchObject({ code: "CONFIGURATION", message: expect.stringContaining("base URL") });
  });

  it("is repeated after 503, although it is a POST", async () => {
    const { url, at } = await vendor({ onLogin: (count) => (count < 3 ? 503 : undefined) });
    expect((await session(url, plain).client.send(post)).status).toBe(200);
    expect(at("/login")).toHaveLength(3);
    expect(at("/keys")).toHaveLength(1);
  });

  it("that is told to wait delays all requests, each of which is then sent once", async () => {
    const paths: string[] = [];
    const server = await serve((response, { url }, count) => {
      paths.push(`${url} after ${clock.now() - start}`);
      if (count === 1) return json(response, 429, {}, { "retry-after": "9" });
      json(response, 200, url === "/login" ? { access_token: "t" } : {});
    });
    const { client, clock } = session(server.url, plain);
    const start = clock.now();
    const answers = await Promise.all([get, post, post].map((request) => client.send(request)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(paths).toEqual(["/login after 0", "/login after 9000", ...Array(3).fill("/keys after 9000")]);
  });

  it("that is told to wait for too long is one error for all requests, none of which was sent", async () => {
    const server = await serve((response) => json(response, 429, {}, { "retry-after": "7200" }));
    const { client } = session(server.url, plain);
    const errors = await Promise.all([get, post, post].map((request) => failure(client.send(request))));
    for (const error of errors) {
      expect(error).toMatchObject({ code: "HTTP_PROBLEM", name: "RetryAfterTooLongError" });
      expect(error.message).toContain('Could not log in at acme (connection "prod")');
    }
    expect(server.received.map(({ url }) => url)).toEqual(["/login"]);
  });

  it("that stays unavailable does not blame the credentials, and the next request tries again", async () => {
    const { url, at } = await vendor({ onLogin: (count) => (count <= 5 ? 503 : undefined) });
    const { client } = session(url, plain);
    const error = await failure(client.send(get));
    expect(error).toMatchObject({ code: "HTTP_PROBLEM", message: expect.stringContaining("HTTP 503") });
    expect((await client.send(get)).status).toBe(200);
    expect(at("/login")).toHaveLength(6);
  });

  it.each([{}, { access_token: 7 }, { access_token: "" }, { access_token: `${canary}\r\nX: 1` }, [], null])(
    "answered with %j instead of a token is an error that names the place, not the content",
    async (answer) => {
      const server = await serve((response) => json(response, 200, answer));
      const error = await failure(session(server.url, plain).client.send(get));
      expect(error).toMatchObject({
        code: "RESPONSE_INVALID",
        message: expect.stringContaining("/access_token"),
      });
      expect(server.received).toHaveLength(1);
    },
  );

  it("that redirects sends the password nowhere else", async () => {
    const elsewhere = await serve((response) => json(response, 200, { access_token: "t" }));
    const server = await serve((response) =>
      response.writeHead(307, { location: `${elsewhere.url}/login` }).end(),
    );
    expect(await failure(session(server.url, plain).client.send(get))).toMatchObject({
      code: "RESPONSE_INVALID",
    });
    expect(elsewhere.received).toHaveLength(0);
  });
});

describe("an expiring token", () => {
  it.each([
    [3_600, 3_540_000],
    ["3600", 3_540_000],
    [100, 90_000],
    [5, 4_500],
  ])("of %j s is used for %d ms of our own clock", async (expiresIn, usable) => {
    const { url, tokens } = await vendor({ expiresIn });
    const { client, clock } = session(url, plain);
    await client.send(get);
    clock.time += usable - 1;
    await client.send(get);
    clock.time += 1;
    await client.send(get);
    expect(tokens()).toEqual(["1", "1", "2"]);
  });

  it.each([undefined, null, 0, -1, "soon"])("of %j s is used until it is refused", async (expiresIn) => {
    const { url, tokens } = await vendor({ expiresIn });
    const { client, clock } = session(url, plain);
    await client.send(get);
    clock.time += 365 * 86_400_000;
    await client.send(get);
    expect(tokens()).toEqual(["1", "1"]);
  });

  it("is renewed with the refresh token, each time the newest", async () => {
    const { url, at, tokens, bodies } = await vendor({ expiresIn: 100 });
    const { client, clock } = session(url, refreshing);
    for (let round = 0; round < 3; round++) {
      await Promise.all([client.send(get), client.send(get)]);
      clock.time += 100_000;
    }
    expect(tokens()).toEqual(["1", "1", "2", "2", "3", "3"]);
    expect(at("/login")).toHaveLength(1);
    expect(bodies("/refresh")).toEqual([
      { refresh_token: `${canary}-refresh-1` },
      { refresh_token: `${canary}-refresh-2` },
    ]);
  });

  it("keeps its refresh token when the answer to a refresh brings none", async () => {
    let answers = 0;
    const server = await serve((response, { url }) => {
      if (url === "/keys") return json(response, 200, []);
      const refresh = answers++ === 0 ? { refresh_token: "r1" } : {};
      json(response, 200, { access_token: "t", expires_in: 100, ...refresh });
    });
    const { client, clock } = session(server.url, refreshing);
    for (let round = 0; round < 3; round++) {
      await client.send(get);
      clock.time += 100_000;
    }
    const renewals = server.received.filter(({ url }) => url !== "/keys").map(({ url, body }) => url + body);
    expect(renewals.slice(1)).toEqual(Array(2).fill('/refresh{"refresh_token":"r1"}'));
  });

  it.each([400, 401, 403])("whose refresh is refused with %d is replaced by one login", async (status) => {
    const { url, at, tokens } = await vendor({ expiresIn: 100, onRefresh: () => status });
    const { client, clock } = session(url, refreshing);
    await client.send(get);
    clock.time += 100_000;
    await Promise.all([client.send(get), client.send(post)]);
    expect(tokens()).toEqual(["1", "2", "2"]);
    expect(at("/refresh")).toHaveLength(1);
    expect(at("/login")).toHaveLength(2);
  });

  it("whose refresh and login are both refused ends in one error", async () => {
    const { url, at } = await vendor({
      expiresIn: 100,
      onRefresh: () => 401,
      onLogin: (count) => (count > 1 ? 401 : undefined),
    });
    const { client, clock } = session(url, refreshing);
    await client.send(get);
    clock.time += 100_000;
    expect(await failure(client.send(get))).toMatchObject({ code: "CONFIGURATION" });
    expect(at("/refresh")).toHaveLength(1);
    expect(at("/login")).toHaveLength(2);
  });
});

describe("a 401", () => {
  it("renews the login once for all calls that got it, and each is sent once more", async () => {
    const revoked = new Set([1]);
    const { url, at, tokens } = await vendor({ revoked });
    const { client } = session(url, refreshing);
    const responses = await Promise.all([get, post, get, post, get].map((request) => client.send(request)));
    expect(responses.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(at("/login")).toHaveLength(1);
    expect(at("/refresh")).toHaveLength(1);
    expect(tokens().filter((token) => token === "2")).toHaveLength(5);
  });

  it("to a request whose token was replaced meanwhile causes no second renewal", async () => {
    let late = () => {};
    const tokens: (string | undefined)[] = [];
    let logins = 0;
    const server = await serve(async (response, { url, headers }) => {
      if (url === "/login") return json(response, 200, { access_token: `t${++logins}` });
      tokens.push(headers.authorization);
      if (url === "/late" && headers.authorization === "Bearer t1") {
        await new Promise<void>((resolve) => {
          late = resolve;
        });
      }
      json(response, headers.authorization === "Bearer t1" ? 401 : 200, {});
      if (headers.authorization === "Bearer t2") late();
    });
    const { client } = session(server.url, plain);
    await Promise.all([client.send({ ...get, path: "/late" }), client.send(get)]);
    expect(logins).toBe(2);
    expect(tokens.sort()).toEqual(["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2"]);
  });

  it("lets a call that begins during the renewal wait for it, rather than be refused too", async () => {
    const tokens: (string | undefined)[] = [];
    let logins = 0;
    let second: Promise<unknown> | undefined;
    const server = await serve((response, { url, headers }) => {
      if (url === "/login") {
        if (++logins === 2) second = client.send(get);
        return json(response, 200, { access_token: `t${logins}` });
      }
      tokens.push(headers.authorization);
      json(response, headers.authorization === "Bearer t1" ? 401 : 200, {});
    });
    const { client } = session(server.url, plain);
    await client.send(get);
    await second;
    expect(tokens).toEqual(["Bearer t1", "Bearer t2", "Bearer t2"]);
  });

  it("that comes again goes to the caller", async () => {
    const { url, at } = await vendor({ revoked: new Set([1, 2, 3]) });
    const { client, clock } = session(url, plain);
    expect((await client.send(post)).status).toBe(401);
    expect(at("/keys")).toHaveLength(2);
    expect(at("/login")).toHaveLength(2);
    expect(clock.sleeps).toEqual([]);
  });

  it("after a pause in which the renewed token expired renews it once more", async () => {
    const revoked = new Set([1]);
    const { url, at, tokens } = await vendor({
      revoked,
      onKeys: (token) => {
        if (token !== 2 || revoked.has(2)) return undefined;
        revoked.add(2);
        return 429;
      },
    });
    const { client } = session(url, refreshing);
    expect((await client.send(post)).status).toBe(200);
    expect(tokens()).toEqual(["1", "2", "2", "3"]);
    expect(at("/refresh")).toHaveLength(2);
  });

  it("after which the login is refused fails the call, which was not processed", async () => {
    const { url, at } = await vendor({
      revoked: new Set([1]),
      onLogin: (count) => (count > 1 ? 403 : undefined),
    });
    expect(await failure(session(url, plain).client.send(post))).toMatchObject({ code: "CONFIGURATION" });
    expect(at("/keys")).toHaveLength(1);
  });
});
