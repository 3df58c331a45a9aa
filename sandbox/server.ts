import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { deliver, send } from "./delivery";
import type { FaultQueue } from "./faults";
import type { Reply, SandboxRequest } from "./http";
import type { OpenEntry, RequestJournal } from "./journal";
import type { RateLimit } from "./rateLimit";
import { dispatch } from "./routing";
import type { Vendor } from "./vendor";

export interface ServerParts {
  readonly vendors: readonly Vendor[];
  readonly journal: RequestJournal;
  readonly faults: FaultQueue;
  readonly now: () => number;
  readonly latencyMs: number;
  readonly rateLimit: RateLimit;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";

export async function listen(parts: ServerParts, port: number): Promise<Listener> {
  const closing = new AbortController();
  const server = createServer((request, response) => void answer(parts, request, response, closing.signal));
  await bind(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        closing.abort();
      }),
  };
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const why = cause.code === "EADDRINUSE" ? "another process holds it" : cause.message;
      reject(new Error(`The sandbox can't listen on ${HOST}:${port}: ${why}.`, { cause }));
    });
    server.listen(port, HOST, resolve);
  });
}

async function answer(
  parts: ServerParts,
  incoming: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const { method = "GET", url: path = "/", headers } = incoming;
  const vendor = parts.vendors.find(({ mount }) => path.startsWith(mount));
  const entry = parts.journal.open({ vendor: vendor?.name ?? null, method, path, at: parts.now() });
  try {
    const request = { method, path, headers, body: await textOf(incoming) };
    if (parts.latencyMs > 0) await pause(parts.latencyMs, undefined, { signal: closing });
    await respond(parts, vendor, request, { response, entry, closing });
  } catch (error) {
    // The client or close() has ended the connection, which is no failure.
    if (response.socket === null || response.socket.destroyed) return;
    send({ response, entry }, { status: 500, body: `The sandbox failed: ${error}` });
  }
}

function respond(
  parts: ServerParts,
  vendor: Vendor | undefined,
  request: SandboxRequest,
  exchange: { readonly response: ServerResponse; readonly entry: OpenEntry; readonly closing: AbortSignal },
): Promise<void> {
  const error = (status: number) => vendor?.error(status) ?? page(status);
  const refused = !parts.rateLimit.admits(vendor?.name ?? "nobody");
  const handle = (): Reply => {
    if (refused) return { ...error(429), headers: { "retry-after": "1" } };
    return vendor === undefined ? page(404) : dispatch(vendor, request);
  };
  return deliver({ ...exchange, handle, error }, refused ? undefined : parts.faults.take(request));
}

/** The page of a web server that is not the vendor. It has no vendor's error shape, so it proves nothing. */
function page(status: number): Reply {
  return { status, body: `<!doctype html><title>${status}</title><h1>${status}</h1>` };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
