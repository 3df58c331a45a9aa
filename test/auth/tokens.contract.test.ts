import { createAuthenticator } from "../../provider/auth";
import { redact } from "../../provider/redaction/redactor";
import { closeAll, connect, get, json, serve } from "../support/http/loopback";

afterEach(closeAll);

it("the tokens of a login and of each renewal are hidden from the response on", async () => {
  let issued = 0;
  const server = await serve((response, { url }) => {
    if (url === "/keys") return json(response, 200, []);
    issued++;
    json(response, 200, {
      access_token: `${issued}-access-token`,
      refresh_token: `${issued}-refresh-token`,
      expires_in: 100,
    });
  });
  const { client, clock } = connect(server.url, {
    auth: (transport) =>
      createAuthenticator({
        definitions: [
          {
            scheme: "login",
            login: { path: "/login", body: { email: "{username}", password: "{password}" } },
            refresh: { path: "/refresh", body: { refresh_token: "{refreshToken}" } },
            accessToken: "/access_token",
            refreshToken: "/refresh_token",
            expiresInSeconds: "/expires_in",
            evidence: "assumed",
          },
        ],
        credentials: { username: "ci@acme.example", password: "hunter22" },
        connection: "prod",
        service: "acme",
        transport,
      }),
  });
  for (const round of [1, 2]) {
    const tokens = `${round}-access-token ${round}-refresh-token`;
    expect(redact(tokens)).toBe(tokens);
    await client.send(get);
    expect(redact(tokens)).toBe("[secret] [secret]");
    clock.time += 100_000;
  }
  expect(server.received.map(({ url }) => url)).toEqual(["/login", "/keys", "/refresh", "/keys"]);
});
