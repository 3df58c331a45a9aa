import { once } from "node:events";
import net from "node:net";
import { Agent } from "undici";
import { attempt } from "../../provider/http/attempt";
import type { HttpRequest } from "../../provider/http/request";
import {
  canary, closeAll, connect, failure, get, holdTimers, json, patch, post, put, remove, serve, serveSocket, vacantPort,
} from "../support/http/loopback"; // biome-ignore format: one list

afterEach(closeAll);

const all: [string, HttpRequest][] = [get, put, remove, post, patch].map((request) => [
  request.method,
  request,
]);
const nonIdempotent = all.slice(3);
const success = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]";

describe("a request that provably never reached the server", () => {
  it.each(all)("%s is sent again: nothing happened there", async (_, request) => {
    const port = await vacantPort();
    const { client, clock } = connect(`http://127.0.0.1:${port}`);
    let server: Awaited<ReturnType<typeof serve>> | undefined;
    clock.onSleep = async () => {
      server ??= await serve((response) => json(response, 200, []), port);
    };
    expect((await client.send(request)).status).toBe(200);
    expect(server?.received).toHaveLength(1);
    expect(clock.sleeps).toEqual([500]);
  });

  it.each(all)("%s ends as not sent when the connection is refused each time", async (_, request) => {
    const { client, clock } = connect(`http://127.0.0.1:${await vacantPort()}`);
    const error = await failure(client.send(request));
    expect(error).toMatchObject({ code: "NOT_SENT", name: "RequestNotSentError" });
    expect(error.message).toBe(
      `Could not ${request.what} at acme (connection "prod"): the connection was refused (ECONNREFUSED), ` +
        "at the last of 5 attempts. Nothing happened there; check the network and the connection's base URL, and try again.",
    );
    expect(clock.sleeps).toHaveLength(4);
  });

  it("stays unsent when there is no such host", async () => {
    const { client } = connect("https://nowhere.invalid", { policy: { attempts: 1 } });
    expect(await failure(client.send(post))).toMatchObject({ code: "NOT_SENT" });
  });

  it("stays unsent when TLS fails", async () => {
    const server = await serve((response) => json(response, 200, []));
    const { client } = connect(server.url.replace("http:", "https:"), { policy: { attempts: 2 } });
    const error = await failure(client.send(post));
    expect(error).toMatchObject({ code: "NOT_SENT", message: expect.stringContaining("TLS") });
    expect(server.received).toHaveLength(0);
  });

  it("stays unsent when the TLS handshake is never answered", async () => {
    const timers = holdTimers(7_700);
    const server = await serveSocket((socket) => socket.once("data", timers.expire));
    const policy = { attempts: 1, attemptTimeoutMs: 7_700 };
    const { client } = connect(server.url.replace("http:", "https:"), { policy });
    const error = await failure(client.send(post));
    expect(error).toMatchObject({ code: "NOT_SENT" });
    expect(error.message).toContain("no connection came within 7.7 s");
    // undici still waits for the handshake; without this, close would wait with it.
    for (const socket of server.sockets) socket.destroy();
  });

  it("stays unsent when the connection comes about after we gave up", async () => {
    const server = await serve((response) => json(response, 201, {}));
    const { port } = new URL(server.url);
    let proceed = () => {};
    const agent = new Agent({
      allowH2: false,
      connect: (_, callback) => {
        const socket = net.connect(Number(port), "127.0.0.1");
        proceed = () => callback(null, socket);
      },
    });
    const request = {
      origin: server.url,
      target: "/keys",
      method: "POST",
      headers: {},
      body: "{}",
      maxBodyBytes: 1_000,
    } as const;
    expect(await attempt(agent, request, 20)).toMatchObject({ kind: "not sent" });
    proceed();
    await agent.close();
    expect(server.received).toHaveLength(0);
  });

  it("stays unsent when it got only a 401 or a 429 before, which did nothing", async () => {
    for (const status of [401, 429]) {
      const server = await serve(async (response) => {
        json(response, status, {}, { connection: "close" });
        await server.close();
      });
      const auth = { headers: async () => ({}), renew: async () => true };
      const { client } = connect(server.url, { auth });
      expect(await failure(client.send(post))).toMatchObject({ code: "NOT_SENT" });
      expect(server.received).toHaveLength(1);
    }
  });

  it("stays unsent after the client was closed", async () => {
    const server = await serve((response) => json(response, 200, []));
    const { client } = connect(server.url);
    await client.close();
    expect(await failure(client.send(post))).toMatchObject({ code: "NOT_SENT" });
    expect(server.received).toHaveLength(0);
  });
});

describe("a connection that breaks after the request was sent", () => {
  it("does not fail a GET: it is sent again", async () => {
    const server = await serve((response, _, count) => {
      if (count < 3) response.socket?.resetAndDestroy();
      else json(response, 200, []);
    });
    expect((await connect(server.url).client.send(get)).status).toBe(200);
    expect(server.received).toHaveLength(3);
  });

  it.each(nonIdempotent)("leaves the outcome of a %s unknown, and it is not repeated", async (_, request) => {
    const server = await serve((response) => response.socket?.resetAndDestroy());
    const { client, clock } = connect(server.url);
    const error = await failure(client.send(request));
    expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", name: "OutcomeUnknownError" });
    expect(error.message).toContain(`whether acme did ${request.what} (connection "prod")`);
    expect(server.received).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it("ends a GET in an error when it happens each time", async () => {
    const server = await serve((response) => response.socket?.resetAndDestroy());
    const error = await failure(connect(server.url).client.send(get));
    expect(error).toMatchObject({ code: "RESPONSE_INVALID", name: "ResponseInvalidError" });
    expect(error.message).toContain("at the last of 5 attempts");
    expect(server.received).toHaveLength(5);
  });

  it("is not called unsent when only the last attempt was", async () => {
    const server = await serve(async (response) => {
      response.socket?.resetAndDestroy();
      await server.close();
    });
    const error = await failure(connect(server.url, { policy: { attempts: 2 } }).client.send(remove));
    expect(error).toMatchObject({
      code: "RESPONSE_INVALID",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });
});

describe("a kept-alive connection", () => {
  // With one connection only, the next request has to take the same.
  const policy = { concurrency: 1 };

  it("is reused", async () => {
    const server = await serve((response) => json(response, 200, []));
    const { client } = connect(server.url, { policy });
    for (let count = 0; count < 3; count++) await client.send(get);
    expect(server.received.map(({ socket }) => socket)).toEqual([1, 1, 1]);
  });

  it("that the server closed in between fails neither a GET nor a POST", async () => {
    for (const request of [get, post]) {
      const server = await serve((response) => json(response, 200, []));
      const { client, clock } = connect(server.url, { policy });
      await client.send(get);
      const [socket] = server.sockets;
      if (socket) await Promise.all([once(socket, "close"), socket.end()]);
      expect((await client.send(request)).status).toBe(200);
      expect(server.received.map((entry) => entry.socket)).toEqual([1, 2]);
      expect(clock.sleeps).toEqual([]);
    }
  });

  it("that the server closes on the next request is replaced for a GET", async () => {
    const server = await serve((response, { socket }, count) => {
      if (socket === 1 && count > 1) response.socket?.destroy();
      else json(response, 200, []);
    });
    const { client } = connect(server.url, { policy });
    await client.send(get);
    expect((await client.send(get)).status).toBe(200);
    expect(server.received.map((entry) => entry.socket)).toEqual([1, 1, 2]);
  });

  it("that the server closes on a POST leaves its outcome unknown: the bytes written prove nothing", async () => {
    const server = await serve((response, { socket }, count) => {
      if (socket === 1 && count > 1) response.socket?.destroy();
      else json(response, 200, []);
    });
    const { client } = connect(server.url, { policy });
    await client.send(get);
    expect(await failure(client.send(post))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(server.received.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});

describe("an answer that does not come to its end", () => {
  const truncated = [
    ["a body shorter than its Content-Length", `content-length: 999\r\n\r\n{"key":"${canary}`],
    ["chunks without the last", `transfer-encoding: chunked\r\n\r\n5\r\n{"key\r\n`],
    ["half a header", "content-le"],
  ];
  const head = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n";

  it.each(truncated)("(%s) makes the outcome of a POST unknown", async (_, rest) => {
    let requests = 0;
    const server = await serveSocket((socket) =>
      socket.on("data", () => ++requests && socket.end(head + rest)),
    );
    expect(await failure(connect(server.url).client.send(post))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(requests).toBe(1);
  });

  it.each(truncated)("(%s) makes a GET try again", async (_, rest) => {
    const server = await serveSocket((socket, count) =>
      socket.on("data", () => (count < 3 ? socket.end(head + rest) : socket.end(success))),
    );
    expect(await connect(server.url).client.send(get)).toMatchObject({ body: { kind: "json", value: [] } });
    expect(server.sockets).toHaveLength(3);
  });

  it("is no HTTP at all: an error that shows none of it", async () => {
    const server = await serveSocket((socket) =>
      socket.on("data", () => socket.end(`SSH-2.0-${canary}\r\n`)),
    );
    const error = await failure(connect(server.url, { policy: { attempts: 2 } }).client.send(get));
    expect(error).toMatchObject({ code: "RESPONSE_INVALID" });
    expect(server.sockets).toHaveLength(2);
  });

  it("is abandoned after the attempt's time, counted to the last byte of the body", async () => {
    const timers = holdTimers(7_700);
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write("[", timers.expire);
    });
    const { client } = connect(server.url, { policy: { attempts: 2, attemptTimeoutMs: 7_700 } });
    const error = await failure(client.send(get));
    expect(error).toMatchObject({ code: "RESPONSE_INVALID" });
    expect(error.message).toContain("no whole answer came within 7.7 s, at the last of 2 attempts");
    expect(server.received).toHaveLength(2);
  });

  it("and never begins leaves the outcome of a POST unknown when its time is up", async () => {
    const timers = holdTimers(7_700);
    const server = await serve(timers.expire);
    const { client } = connect(server.url, { policy: { attemptTimeoutMs: 7_700 } });
    expect(await failure(client.send(post))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(server.received).toHaveLength(1);
  });
});

describe("what goes over the wire", () => {
  it("has a Content-Type only with a body", async () => {
    const server = await serve((response) => json(response, 200, []));
    const { client } = connect(server.url);
    await client.send({ method: "POST", path: "/empty", what: "try" });
    await client.send(remove);
    await client.send(get);
    await client.send(post);
    expect(server.received.map(({ headers }) => headers["content-type"])).toEqual([
      undefined, undefined, undefined, "application/json",
    ]); // biome-ignore format: one list
    expect(server.received[3]?.body).toBe(JSON.stringify(post.body));
  });

  it("does not take 103 Early Hints for the response", async () => {
    const server = await serve((response) => {
      response.writeEarlyHints({ link: "</style.css>; rel=preload" });
      json(response, 200, []);
    });
    const response = await connect(server.url).client.send(get);
    expect(response).toMatchObject({ status: 200, body: { kind: "json" } });
    expect(response.headers).not.toHaveProperty("link");
  });

  it("tells callers four headers and no cookies", async () => {
    const server = await serve((response) =>
      json(response, 200, [], {
        "set-cookie": `s=${canary}`,
        link: "</x>; rel=next",
        "x-any": "1",
        location: "/",
      }),
    );
    const { headers } = await connect(server.url).client.send(get);
    expect(Object.keys(headers).sort()).toEqual(["content-type", "date", "link"]);
  });

  it("tells what a caller picks by its name beside them, and no cookies in any case", async () => {
    const server = await serve((response) =>
      json(response, 200, [], { "set-cookie": `s=${canary}`, "x-next-page": "2", "x-any": canary }),
    );
    const readsHeader = (name: string) => name === "x-next-page" || name === "set-cookie";
    const { headers } = await connect(server.url).client.send({ ...get, readsHeader });
    expect(Object.keys(headers).sort()).toEqual(["content-type", "date", "x-next-page"]);
  });
});
