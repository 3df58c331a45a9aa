import tls from "node:tls";
import { Connections } from "../../provider/connection/connections";
import { Authority, canIssue, type Issued } from "../support/http/certificates";
import {
  closeAll,
  connect,
  failure,
  get,
  holdTimers,
  listen,
  onClose,
  post,
  serveSocket,
} from "../support/http/loopback";
import { serveStrictTls, serveTls } from "../support/http/tlsServer";

afterEach(closeAll);

/** The extension "application-layer protocol negotiation" with http/1.1 as the only offer (RFC 7301, section 3.1). */
const onlyHttp1 = Buffer.concat([Buffer.from([0, 16, 0, 11, 0, 9, 8]), Buffer.from("http/1.1")]);

describe("the TLS handshake", () => {
  it("offers HTTP/1.1 alone: undici sends an HTTP/2 request again after GOAWAY, even a POST", async () => {
    let hello = Buffer.alloc(0);
    const server = await serveSocket((socket) =>
      socket.on("data", (chunk) => {
        hello = Buffer.concat([hello, chunk]);
        // A record tells its length after its type and version (RFC 8446, section 5.1).
        if (hello.length > 5 && hello.length >= 5 + hello.readUInt16BE(3)) socket.destroy();
      }),
    );
    const { client } = connect(server.url.replace("http:", "https:"), { policy: { attempts: 1 } });
    expect(await failure(client.send(post))).toMatchObject({ code: "NOT_SENT" });
    expect(hello.includes(onlyHttp1)).toBe(true);
  });
});

(canIssue ? describe : describe.skip)("certificates of a connection", () => {
  const ours = canIssue ? new Authority("ours") : undefined;
  const theirs = canIssue ? new Authority("theirs") : undefined;
  afterAll(() => {
    ours?.remove();
    theirs?.remove();
  });
  const made = (() => {
    if (!ours || !theirs) return undefined;
    return {
      ca: ours.ca,
      server: ours.issue("server", ["127.0.0.1"]),
      good: ours.issue("good"),
      bad: theirs.issue("bad"),
    };
  })();
  const certificates = () => {
    if (!made) throw new Error("no certificates");
    return made;
  };

  /** A client of a connection with these files. */
  function withFiles(baseUrl: string, ca: Issued | undefined, client?: Issued) {
    const setting = {
      baseUrl,
      token: "token",
      caFile: ca?.certFile,
      certFile: client?.certFile,
      keyFile: client?.keyFile,
    };
    const acme = { name: "acme", title: "acme", credentials: [["token"]] };
    const { network = {} } = new Connections(JSON.stringify({ prod: setting }), {}).resolve("prod", acme);
    return connect(baseUrl, { policy: { attempts: 1, concurrency: 1 }, network }).client;
  }
  const demanding = () => {
    const { server, ca } = certificates();
    return serveTls(server, { ca: ca.cert, requestCert: true, rejectUnauthorized: true });
  };

  it("let a server be trusted that nobody else trusts", async () => {
    const { server, ca } = certificates();
    const { url, received } = await serveTls(server);
    const untrusted = await failure(withFiles(url, undefined).send(post));
    expect(untrusted).toMatchObject({ code: "NOT_SENT", message: expect.stringContaining("caFile") });
    expect(received).toEqual([]);
    expect((await withFiles(url, ca).send(post)).status).toBe(200);
  });

  it("do not let a server pass for another host", async () => {
    const { ca } = certificates();
    const { url, received } = await serveTls((ours as Authority).issue("elsewhere", ["elsewhere.invalid"]));
    const error = await failure(withFiles(url, ca).send(post));
    expect(error).toMatchObject({ code: "NOT_SENT", message: expect.stringContaining("TLS") });
    expect(received).toEqual([]);
  });

  it("show the client's to a server that asks for it", async () => {
    const { ca, good } = certificates();
    const { url, received } = await demanding();
    const client = withFiles(url, ca, good);
    for (const request of [post, get]) expect((await client.send(request)).status).toBe(200);
    expect(received.map(({ client }) => client)).toEqual(["good", "good"]);
  });

  it.each(["none", "bad"] as const)(
    "leave a POST unsent where the server ends the handshake by an alert, too late for TLS 1.3: %s",
    async (which) => {
      const { server, ca, bad } = certificates();
      const url = await serveStrictTls(server, ca.certFile);
      for (let count = 0; count < 5; count++) {
        const error = await failure(withFiles(url, ca, which === "bad" ? bad : undefined).send(post));
        expect(error).toMatchObject({
          code: "NOT_SENT",
          message: expect.stringContaining("set the connection's certFile"),
        });
      }
    },
  );

  it("leave a POST unsent where the server closes the connection at once", async () => {
    const { ca, bad } = certificates();
    const { url, received } = await demanding();
    // The hold ends only by the server's refusal.
    holdTimers(200);
    expect(await failure(withFiles(url, ca, bad).send(post))).toMatchObject({ code: "NOT_SENT" });
    expect(received).toEqual([]);
  });

  it("leave the outcome unknown where the server closes the connection after it has read", async () => {
    const { ca, good, server } = certificates();
    const reader = tls.createServer(server, (socket) => socket.once("data", () => socket.destroy()));
    const url = await listen(reader, 0);
    onClose(() => new Promise((resolve) => reader.close(resolve)));
    const client = withFiles(url.replace("http:", "https:"), ca, good);
    expect(await failure(client.send(post))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
  });
});
