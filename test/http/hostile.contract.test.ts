import type net from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import {
  canary,
  closeAll,
  connect,
  failure,
  get,
  holdTimers,
  post,
  serve,
  serveSocket,
} from "../support/http/loopback";

afterEach(closeAll);

const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const empty = `${head}content-length: 2\r\n\r\n[]`;
const once = { policy: { attempts: 1 } };

/** A server that answers every request with these bytes, and how many requests it got. */
async function speaking(bytes: string) {
  let requests = 0;
  const server = await serveSocket((socket) =>
    socket.on("data", () => {
      requests++;
      socket.write(bytes);
    }),
  );
  return { url: server.url, requests: () => requests };
}

describe("an answer that is no proper HTTP", () => {
  const improper: [string, string][] = [
    ["has two lengths", `${head}content-length: 2\r\ncontent-length: 4\r\n\r\n[]  `],
    [
      "has a length and chunks",
      `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n`,
    ],
    ["has a negative length", `${head}content-length: -2\r\n\r\n[]`],
    ["has a NUL in a header", `${head}x-a: a\0b\r\ncontent-length: 2\r\n\r\n[]`],
    ["has a folded header", `${head}x-a: a\r\n  ${canary}\r\ncontent-length: 2\r\n\r\n[]`],
    ["ends its lines with LF alone", empty.replaceAll("\r\n", "\n")],
    [
      "switches to a protocol that nobody asked for",
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
    ],
    ["has a status below 100", `HTTP/1.1 099 ${canary}\r\ncontent-length: 2\r\n\r\n[]`],
  ];

  it.each(improper)("(%s) makes a GET fail, without showing it", async (_, bytes) => {
    const server = await speaking(bytes);
    expect(await failure(connect(server.url, once).client.send(get))).toMatchObject({
      code: "RESPONSE_INVALID",
    });
  });

  it.each(improper)("(%s) makes the outcome of a POST unknown", async (_, bytes) => {
    const server = await speaking(bytes);
    expect(await failure(connect(server.url).client.send(post))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(server.requests()).toBe(1);
  });
});

describe("headers over the bound", () => {
  it.each([
    ["one long header", `x-a: ${canary.repeat(20_000)}\r\n`],
    ["many short ones", `x-a: ${canary}\r\n`.repeat(10_000)],
  ])("(%s) are an error that says so", async (_, headers) => {
    const server = await speaking(`${head}${headers}content-length: 2\r\n\r\n[]`);
    const error = await failure(connect(server.url, once).client.send(get));
    expect(error).toMatchObject({ code: "RESPONSE_INVALID" });
    expect(error.message).toContain("the headers of the answer are too large (UND_ERR_HEADERS_OVERFLOW)");
  });
});

describe("informational answers", () => {
  const hint = "HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=next\r\n\r\n";

  it("by the hundred are not taken for the response, and do not delay it", async () => {
    const server = await speaking(hint.repeat(100) + empty);
    const { client } = connect(server.url);
    const responses = await Promise.all(Array.from({ length: 8 }, () => client.send(get)));
    for (const { status, headers } of responses) expect([status, headers.link]).toEqual([200, undefined]);
  });

  it("without end are abandoned after the attempt's time", async () => {
    const timers = holdTimers(7_700);
    let hints = 0;
    const server = await serveSocket((socket) =>
      socket.once("data", () =>
        drip(
          socket,
          () => hint,
          () => ++hints === 500 && timers.expire(),
        ),
      ),
    );
    const policy = { attempts: 1, attemptTimeoutMs: 7_700 };
    const error = await failure(connect(server.url, { policy }).client.send(get));
    expect(error.message).toContain("no whole answer came within 7.7 s");
    expect(hints).toBeGreaterThanOrEqual(500);
  });
});

describe("a body that comes byte by byte", () => {
  it.each([get, post])("is abandoned after the attempt's time: $method", async (request) => {
    const timers = holdTimers(7_700);
    let bytes = 0;
    const server = await serveSocket((socket) =>
      socket.once("data", () => {
        socket.write(`${head}content-length: 1000000\r\n\r\n[`);
        drip(
          socket,
          () => " ",
          () => ++bytes === 200 && timers.expire(),
        );
      }),
    );
    const policy = { attempts: 1, attemptTimeoutMs: 7_700 };
    const error = await failure(connect(server.url, { policy }).client.send(request));
    expect(error.message).toContain("no whole answer came within 7.7 s");
    expect(error).toMatchObject({ code: request === post ? "OUTCOME_UNKNOWN" : "RESPONSE_INVALID" });
    expect(bytes).toBeGreaterThanOrEqual(200);
  });

  it("is read when it ends in time", async () => {
    const body = JSON.stringify([{ id: "1" }]);
    let sent = 0;
    const server = await serveSocket((socket) =>
      socket.once("data", () => {
        socket.write(`${head}content-length: ${body.length}\r\n\r\n`);
        drip(socket, () => body[sent++]);
      }),
    );
    expect((await connect(server.url).client.send(get)).body).toEqual({ kind: "json", value: [{ id: "1" }] });
  });
});

/** Writes piece after piece, each once the one before has gone out. */
function drip(socket: net.Socket, next: () => string | undefined, then: () => unknown = () => {}): void {
  socket.setNoDelay(true);
  const step = () => {
    const piece = socket.writable ? next() : undefined;
    if (piece === undefined) return;
    socket.write(piece, () => {
      then();
      setImmediate(step);
    });
  };
  step();
}

describe("a body in an encoding that was not requested", () => {
  const text = JSON.stringify([{ id: "1", key: canary }]);

  const compressing = (coding: string, body: Uint8Array) =>
    serve((response) =>
      response.writeHead(201, { "content-type": "application/json", "content-encoding": coding }).end(body),
    );

  it.each([
    ["gzip", gzipSync(text)],
    ["X-GZip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
    ["br", brotliCompressSync(text)],
    ["identity", Buffer.from(text)],
    ["gzip", Buffer.alloc(0)],
  ])("(%s) is read all the same: the value in it is shown once", async (coding, body) => {
    const server = await compressing(coding, body);
    const { client } = connect(server.url);
    const value = JSON.parse(text);
    const expected = body.length > 0 ? { kind: "json", value } : { kind: "empty" };
    expect(await client.send(post)).toMatchObject({ status: 201, body: expected });
    expect(server.received[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it.each([
    // A few kilobytes that would unpack to a gigabyte.
    ["a bomb", "gzip", gzipSync(Buffer.alloc(50_000_000)), "is too large"],
    ["cut", "gzip", gzipSync(text).subarray(0, -9), "is compressed in a way that cannot be read"],
    ["unknown", "zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), "is compressed in a way that cannot be read"],
    ["twice", "gzip, gzip", gzipSync(gzipSync(text)), "is compressed in a way that cannot be read"],
  ])("that cannot be unpacked (%s) is an error that says so", async (_, coding, body, words) => {
    const server = await compressing(coding, body);
    const error = await failure(connect(server.url).client.send(post));
    expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", message: expect.stringContaining(words) });
  });
});

describe("a second response without a request", () => {
  it("is not taken for the response to the next request", async () => {
    const smuggled = `${head}content-length: 12\r\n\r\n["smuggled"]`;
    const server = await serveSocket((socket, count) =>
      socket.on("data", () => socket.write(count === 1 ? empty + smuggled : empty)),
    );
    const { client } = connect(server.url, { policy: { concurrency: 1 } });
    await client.send(get);
    expect((await client.send(get)).body).toEqual({ kind: "json", value: [] });
    expect(server.sockets).toHaveLength(2);
  });
});

it("JSON that has a member twice means the later one, as JSON.parse does", async () => {
  const server = await serve((response) =>
    response.writeHead(200, { "content-type": "application/json" }).end('{"id":"1","id":"2"}'),
  );
  expect((await connect(server.url).client.send(get)).body).toEqual({ kind: "json", value: { id: "2" } });
});
