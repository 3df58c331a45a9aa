import { once } from "node:events";
import { Connections } from "../../provider/connection/connections";
import { type Network, proxiesOf } from "../../provider/http/network";
import { redact } from "../../provider/redaction/redactor";
import { Authority, canIssue } from "../support/http/certificates";
import {
  canary, closeAll, connect, failure, get, holdTimers, json, post, serve, vacantPort,
} from "../support/http/loopback"; // biome-ignore format: one list
import { serveProxy } from "../support/http/proxy";
import { serveTls } from "../support/http/tlsServer";

afterEach(closeAll);

const vendor = "https://vendor.invalid";

/** A client as an environment with these variables has it. */
function through(variables: Record<string, string>, baseUrl = vendor, network: Network = {}) {
  const proxies = proxiesOf(variables);
  return connect(baseUrl, { policy: { attempts: 1 }, network: { ...network, ...(proxies && { proxies }) } });
}

(canIssue ? describe : describe.skip)("a vendor that only the proxy can reach", () => {
  const authority = canIssue ? new Authority("proxied") : undefined;
  afterAll(() => authority?.remove());
  const served = async () => {
    if (!authority) throw new Error("no certificates");
    const server = await serveTls(authority.issue("vendor", ["vendor.invalid"]));
    const proxy = await serveProxy({ "vendor.invalid:443": server.url });
    return { server, proxy, network: { certificates: { ca: authority.ca.cert } } };
  };

  it.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"])("is reached by %s", async (name) => {
    const { server, proxy, network } = await served();
    const { client } = through({ [name]: proxy.url }, vendor, network);
    expect((await client.send(post)).status).toBe(200);
    expect(proxy.tunnels).toEqual([{ host: "vendor.invalid:443", authorization: undefined }]);
    // HTTP/2 would send a POST again after a GOAWAY.
    expect(server.received).toEqual([{ host: "vendor.invalid", client: undefined, protocol: "http/1.1" }]);
  });

  it("is reached by the lower-case variable where both are set", async () => {
    const { proxy, network } = await served();
    const dead = `http://127.0.0.1:${await vacantPort()}`;
    const { client } = through({ HTTPS_PROXY: dead, https_proxy: proxy.url }, vendor, network);
    expect((await client.send(get)).status).toBe(200);
  });

  it("is reached with the credentials in the proxy's URL, which no text shows", async () => {
    const { proxy, network } = await served();
    const url = proxy.url.replace("//", "//deployer:p%40ss-word@");
    const { client } = through({ HTTPS_PROXY: url }, vendor, network);
    expect((await client.send(get)).status).toBe(200);
    const basic = Buffer.from("deployer:p@ss-word").toString("base64");
    expect(proxy.tunnels[0]?.authorization).toBe(`Basic ${basic}`);
    const text = redact(`${url} p@ss-word p%40ss-word ${basic} deployer`);
    for (const secret of ["p@ss-word", "p%40ss-word", basic, "deployer"]) expect(text).not.toContain(secret);
  });

  it.each(["vendor.invalid", "other.example, .invalid", "*"])(
    "is not reached past NO_PROXY=%s",
    async (no) => {
      const { proxy, network } = await served();
      const { client } = through({ HTTPS_PROXY: proxy.url, NO_PROXY: no }, vendor, network);
      expect(await failure(client.send(post))).toMatchObject({ code: "NOT_SENT" });
      expect(proxy.tunnels).toEqual([]);
    },
  );

  it("is reached by a connection of an environment with NODE_USE_ENV_PROXY", async () => {
    const { proxy } = await served();
    const environment = {
      NODE_USE_ENV_PROXY: "1",
      HTTPS_PROXY: proxy.url,
      APIKEYS_PROD_CA_FILE: authority?.ca.certFile,
      APIKEYS_PROD_BASE_URL: vendor,
      APIKEYS_PROD_TOKEN: "token",
    };
    const acme = { name: "acme", title: "acme", credentials: [["token"]] };
    const { baseUrl, network = {} } = new Connections(undefined, environment).resolve("prod", acme);
    expect((await connect(baseUrl.href, { network }).client.send(get)).status).toBe(200);
    expect(proxy.tunnels).toHaveLength(1);
  });

  it("is reached through a proxy that speaks TLS, which is trusted by caFile and sees no client certificate", async () => {
    if (!authority) throw new Error("no certificates");
    const vendorCertificate = authority.issue("vendor", ["vendor.invalid"]);
    const server = await serveTls(vendorCertificate, { ca: authority.ca.cert, requestCert: true });
    const tls = { server: authority.issue("proxy", ["localhost"]), ca: authority.ca };
    const proxy = await serveProxy({ "vendor.invalid:443": server.url }, undefined, tls);
    const { cert, key } = authority.issue("client");
    const certificates = { ca: authority.ca.cert, cert, key };
    const { client } = through({ HTTPS_PROXY: proxy.url }, vendor, { certificates });
    expect((await client.send(post)).status).toBe(200);
    expect(server.received).toEqual([{ host: "vendor.invalid", client: "client", protocol: "http/1.1" }]);
    expect(proxy.tunnels).toHaveLength(1);
    expect(proxy.shown).toEqual([]);

    const untrusting = through({ HTTPS_PROXY: proxy.url }).client;
    expect(await failure(untrusting.send(post))).toMatchObject({ code: "NOT_SENT" });
  });

  it("is not sent anything when its certificate is not trusted, and caFile is named", async () => {
    const { server, proxy } = await served();
    const error = await failure(through({ HTTPS_PROXY: proxy.url }).client.send(post));
    expect(error).toMatchObject({
      code: "NOT_SENT",
      message: expect.stringContaining("set the connection's caFile"),
    });
    expect(server.received).toEqual([]);
  });
});

describe("this machine", () => {
  it.each(["127.0.0.1", "localhost"])("is never reached through a proxy: %s", async (host) => {
    const server = await serve((response) => json(response, 200, []));
    const proxy = await serveProxy({});
    const proxies = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
    const { client } = through(proxies, server.url.replace("127.0.0.1", host));
    expect((await client.send(get)).status).toBe(200);
    expect(proxy.sockets).toEqual([]);
  });
});

describe("a proxy that opens no tunnel", () => {
  const secret = `${canary}-of-proxy`;
  const withSecret = (url: string) => ({ HTTPS_PROXY: url.replace("//", `//user:${secret}@`) });

  it.each([
    [403, "have the proxy allow the vendor's host, or add the host to NO_PROXY."],
    [407, "put the user name and password that the proxy asks for into the URL in HTTPS_PROXY."],
    [502, "have the proxy allow the vendor's host, or add the host to NO_PROXY."],
  ])("but answers HTTP %d has sent nothing on", async (status, remedy) => {
    const proxy = await serveProxy({}, (socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n${canary}`));
    const error = await failure(through(withSecret(proxy.url)).client.send(post));
    expect(error).toMatchObject({
      code: "NOT_SENT",
      message:
        `Could not create API key "ci" at acme (connection "prod"): the proxy answered HTTP ${status} to CONNECT. ` +
        `Nothing happened there; ${remedy}`,
    });
  });

  it("but closes the connection has sent nothing on", async () => {
    const proxy = await serveProxy({}, (socket) => socket.destroy());
    const error = await failure(through(withSecret(proxy.url)).client.send(post));
    expect(error).toMatchObject({
      code: "NOT_SENT",
      message: expect.stringContaining("the proxy closed the connection"),
    });
  });

  it("because it is not there has sent nothing on", async () => {
    const { client } = through(withSecret(`http://127.0.0.1:${await vacantPort()}`));
    const error = await failure(client.send(post));
    expect(error).toMatchObject({
      code: "NOT_SENT",
      message: expect.stringContaining("the proxy that HTTPS_PROXY"),
    });
  });

  it("because it never answers has sent nothing on", async () => {
    const timers = holdTimers(7_700);
    const proxy = await serveProxy({}, timers.expire);
    const proxies = proxiesOf(withSecret(proxy.url));
    const policy = { attempts: 1, attemptTimeoutMs: 7_700 };
    const { client } = connect(vendor, { policy, network: { ...(proxies && { proxies }) } });
    expect(await failure(client.send(post))).toMatchObject({ code: "NOT_SENT" });
    // undici still waits for the tunnel; without this, close would wait with it.
    await Promise.all(proxy.sockets.map((socket) => once(socket.destroy(), "close")));
  });
});

describe("a proxy variable that names no HTTP proxy", () => {
  it.each([canary, `${canary}:3128`, `socks5://${canary}`, `http://user:%zz${canary}@proxy`])(
    "is refused without its text: %s",
    async (text) => {
      const error = await failure(() => proxiesOf({ https_proxy: text }));
      expect(error).toMatchObject({ code: "CONFIGURATION" });
      expect(error.message).toContain(
        "The environment variable https_proxy must be the URL of an HTTP proxy",
      );
    },
  );

  it("is none when it is empty", () => {
    expect(proxiesOf({ HTTPS_PROXY: "", NO_PROXY: "*" })).toBeUndefined();
  });
});
