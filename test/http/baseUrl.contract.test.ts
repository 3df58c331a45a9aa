import { closeAll, connect, failure, get, json, serve } from "../support/http/loopback";

afterEach(closeAll);

describe("a base URL", () => {
  it.each([
    ["http://api.example.com", "https://"],
    ["http://localhost.example.com", "https://"],
    ["http://127.0.0.1.example.com", "https://"],
    ["http://10.0.0.1", "https://"],
    ["https://user:canary@api.example.com", "credentials"],
    ["https://canary@api.example.com", "credentials"],
    ["https://api.example.com/?token=canary", "query"],
    ["https://api.example.com/?", "query"],
    ["https://api.example.com/#canary", "fragment"],
    ["ftp://api.example.com", "http(s)"],
    ["api.example.com", "http(s)"],
    ["", "http(s)"],
  ])("%s is refused, and not shown", async (baseUrl, word) => {
    const error = await failure(() => connect(baseUrl));
    expect(error).toMatchObject({ code: "CONFIGURATION" });
    expect(error.message).toContain('connection "prod"');
    expect(error.message).toContain(word);
  });

  it.each([
    ["https://api.example.com/v1/", "https://api.example.com"],
    ["https://api.example.com:8443", "https://api.example.com:8443"],
    ["http://127.0.0.1:1", "http://127.0.0.1:1"],
    ["http://127.8.9.10:1", "http://127.8.9.10:1"],
    ["http://localhost:1", "http://localhost:1"],
    ["http://[::1]:1", "http://[::1]:1"],
  ])("%s is accepted", (baseUrl, origin) => {
    expect(connect(baseUrl).client.origin).toBe(origin);
  });

  it.each(["/base", "/base/"])("keeps its own path %s before the request's", async (path) => {
    const server = await serve((response) => json(response, 200, []));
    const { client } = connect(server.url + path);
    await client.send({ ...get, query: { "a b": "c&d=é", page: "2" } });
    expect(server.received[0]?.url).toBe("/base/keys?a%20b=c%26d%3D%C3%A9&page=2");
  });

  it.each([
    "keys",
    "/keys?x=canary",
    "/keys#x",
    "/a/../b",
    "/a/%2E%2e/b",
    "/a\\..\\b",
    "/a b",
    "/a\r\nb",
    "/{id}",
  ])("refuses the request path %j, which would not arrive as written", async (path) => {
    const server = await serve((response) => json(response, 200, []));
    const error = await failure(connect(server.url).client.send({ ...get, path }));
    expect(error).toMatchObject({ code: "INVALID_INPUT" });
    expect(server.received).toHaveLength(0);
  });

  it("keeps the query of a server's own link exactly as it is encoded", async () => {
    const server = await serve((response) => json(response, 200, []));
    const { client } = connect(`${server.url}/base`);
    const request = { ...get, query: "tag=a&tag=b+c&cursor=%2B/==" };
    await client.send(request);
    expect(server.received[0]?.url).toBe("/base/keys?tag=a&tag=b+c&cursor=%2B/==");
    expect(client.url(request).href).toBe(`${server.url}/base/keys?tag=a&tag=b+c&cursor=%2B/==`);
  });

  it.each(["a=b c", "a=b#c", "a=b\r\nX: y", "a=é"])("refuses the encoded query %j", async (query) => {
    const server = await serve((response) => json(response, 200, []));
    const error = await failure(connect(server.url).client.send({ ...get, query }));
    expect(error).toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining("query") });
    expect(server.received).toHaveLength(0);
  });

  it("is where a request goes, even one whose path looks like another host", () => {
    const { client } = connect("https://a.example/base");
    expect(client.url({ path: "/keys" }).href).toBe("https://a.example/base/keys");
    expect(connect("https://a.example").client.url({ path: "//b.example/keys" }).origin).toBe(
      "https://a.example",
    );
  });

  it("comes with a policy of whole numbers above zero", async () => {
    const error = await failure(() => connect("https://a.example", { policy: { concurrency: 0 } }));
    expect(error).toMatchObject({ code: "CONFIGURATION", message: expect.stringContaining("concurrency") });
  });
});
