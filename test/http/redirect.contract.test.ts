import { canary, closeAll, connect, failure, get, post, put, serve } from "../support/http/loopback";

afterEach(closeAll);

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("%d is never followed: no credential goes elsewhere", async (status) => {
    const elsewhere = await serve((response) => response.end());
    const location = `${elsewhere.url}/${canary}?token=${canary}`;
    const server = await serve((response) => response.writeHead(status, { location }).end());
    const error = await failure(connect(server.url).client.send(get));
    expect(error).toMatchObject({ code: "RESPONSE_INVALID", name: "ResponseInvalidError" });
    expect(error.message).toBe(
      `Could not list API keys at acme (connection "prod"): the server answered HTTP ${status}, redirecting to ` +
        `another origin, ${elsewhere.url}; redirects are not followed. Correct the connection's base URL.`,
    );
    expect(elsewhere.received).toHaveLength(0);
    expect(server.received).toHaveLength(1);
  });

  it.each(["/elsewhere", "?x=1", "//HOST/elsewhere"])(
    "to %s stays with the server, and is not followed either",
    async (to) => {
      const server = await serve((response, { headers }) =>
        response.writeHead(308, { location: to.replace("HOST", headers.host ?? "") }).end(),
      );
      const error = await failure(connect(server.url).client.send(put));
      expect(error.message).toContain(`another path of ${server.url}`);
      expect(server.received).toHaveLength(1);
    },
  );

  it.each(["javascript:alert(1)", "http://", `data:text/html,${canary}`, undefined])(
    "to %s leads nowhere",
    async (to) => {
      const server = await serve((response) => response.writeHead(302, to ? { location: to } : {}).end());
      expect((await failure(connect(server.url).client.send(get))).message).toContain("without an address");
    },
  );

  it("does not show credentials in its address", async () => {
    const location = `https://${canary}:${canary}@other.example/`;
    const server = await serve((response) => response.writeHead(302, { location }).end());
    expect((await failure(connect(server.url).client.send(get))).message).toContain("https://other.example;");
  });

  it.each([301, 302, 307, 308])("%d of a POST has done nothing yet", async (status) => {
    const server = await serve((response) => response.writeHead(status, { location: "/" }).end());
    expect(await failure(connect(server.url).client.send(post))).toMatchObject({ code: "RESPONSE_INVALID" });
    expect(server.received).toHaveLength(1);
  });

  it("303 of a POST means that something was done: the outcome is unknown", async () => {
    const server = await serve((response) => response.writeHead(303, { location: "/keys/1" }).end());
    expect(await failure(connect(server.url).client.send(post))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(server.received).toHaveLength(1);
  });
});
