import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { inspect } from "node:util";
import type { Clock } from "../../../provider/base/clock";
import { parseBaseUrl } from "../../../provider/http/baseUrl";
import { HttpClient, type HttpClientOptions } from "../../../provider/http/client";
import type { HttpRequest } from "../../../provider/http/request";

/** Every secret in these tests holds this word, so that one search finds any leak. */
export const canary = "canary";

/** Time that passes only when someone sleeps; what was asked is on record. */
export class VirtualClock implements Clock {
  time = Date.UTC(2026, 0, 1);
  readonly sleeps: number[] = [];
  /** Full jitter at its longest, so that waits are known. */
  chance = 1;
  onSleep: (ms: number) => void | Promise<void> = () => {};

  now(): number {
    return this.time;
  }

  async sleep(ms: number): Promise<void> {
    this.sleeps.push(ms);
    await this.onSleep(ms);
    this.time += ms;
  }

  random(): number {
    return this.chance;
  }
}

export interface Received {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  /** Which of the server's connections it came by, counted from 1. */
  socket: number;
}

type Respond = (
  response: http.ServerResponse,
  request: Received,
  /** Requests so far, this one included. */
  count: number,
) => unknown;

const closers: (() => Promise<unknown>)[] = [];

/** Has something closed at the end of the test. */
export function onClose(close: () => Promise<unknown>): void {
  closers.push(close);
}

/** Closes all that the test has opened; for afterEach. */
export async function closeAll(): Promise<void> {
  while (closers.length > 0) await closers.pop()?.();
}

/** An HTTP server on loopback that keeps what it received. */
export async function serve(respond: Respond, port = 0) {
  const received: Received[] = [];
  const sockets: net.Socket[] = [];
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const entry: Received = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body,
      socket: sockets.indexOf(request.socket) + 1,
    };
    await respond(response, entry, received.push(entry));
  });
  server.on("connection", (socket) => sockets.push(socket));
  const url = await listen(server, port);
  const close = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  closers.push(close);
  return { url, received, sockets, close };
}

/** A TCP server on loopback that speaks whatever the test wants. */
export async function serveSocket(speak: (socket: net.Socket, count: number) => void) {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    speak(socket, sockets.push(socket));
  });
  const url = await listen(server, 0);
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url, sockets };
}

/** A port on which no server listens. */
export async function vacantPort(): Promise<number> {
  const server = net.createServer();
  const url = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return Number(new URL(url).port);
}

/** @returns the URL, as of plain HTTP */
export async function listen(server: net.Server, port: number): Promise<string> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return `http://127.0.0.1:${address.port}`;
}

/**
 * Keeps real timers of exactly this length from running: they end when the test says so, however slow the
 * machine is.
 */
export function holdTimers(length: number): { expire(): void } {
  const held: (() => void)[] = [];
  const real = setTimeout;
  const hold = (callback: () => void, ms?: number, ...rest: []) => {
    if (ms === length) held.push(callback);
    return real(ms === length ? () => {} : callback, ms === length ? 0 : ms, ...rest);
  };
  const spy = jest.spyOn(globalThis, "setTimeout").mockImplementation(hold as typeof setTimeout);
  closers.push(async () => spy.mockRestore());
  return {
    expire() {
      for (const callback of held.splice(0)) callback();
    },
  };
}

/** A client whose every request carries a secret. */
export function connect(baseUrl: string, options: Partial<HttpClientOptions> = {}) {
  const clock = new VirtualClock();
  const client = new HttpClient({
    connection: "prod",
    service: "acme",
    baseUrl: parseBaseUrl(baseUrl, "prod"),
    auth: { headers: async () => ({ authorization: `Bearer ${canary}-token` }) },
    clock,
    ...options,
  });
  closers.push(() => client.close());
  return { client, clock };
}

export const get: HttpRequest = { method: "GET", path: "/keys", what: "list API keys" };
export const remove: HttpRequest = { method: "DELETE", path: "/keys/1", what: "revoke API key 1" };
export const put: HttpRequest = { method: "PUT", path: "/keys/1", body: {}, what: "replace API key 1" };
export const patch: HttpRequest = { method: "PATCH", path: "/keys/1", body: {}, what: "change API key 1" };
export const post: HttpRequest = {
  method: "POST",
  path: "/keys",
  body: { name: "ci", note: `${canary}-sent` },
  what: 'create API key "ci"',
};

/** Answers with JSON. */
export function json(
  response: http.ServerResponse,
  status: number,
  value: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

/** The error that a promise or function ends with, searched for secrets in every corner. */
export async function failure(attempt: Promise<unknown> | (() => unknown)): Promise<Error> {
  try {
    await (typeof attempt === "function" ? attempt() : attempt);
  } catch (error) {
    if (!(error instanceof Error)) throw new Error("what was thrown is no Error");
    const everything = inspect(error, { depth: Infinity, showHidden: true, getters: true });
    expect(everything).not.toContain(canary);
    expect(error.cause).toBeUndefined();
    return error;
  }
  throw new Error("it did not fail");
}
