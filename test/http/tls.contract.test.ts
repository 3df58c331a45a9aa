import { closeAll, connect, failure, post, serveSocket } from "../support/http/loopback";

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
