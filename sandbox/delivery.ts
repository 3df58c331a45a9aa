import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { FaultAction } from "./faults";
import type { Reply } from "./http";
import type { OpenEntry } from "./journal";

export interface Exchange {
  readonly response: ServerResponse;
  readonly entry: OpenEntry;
  /** Aborts when the sandbox closes. */
  readonly closing: AbortSignal;
  /** Lets the vendor handle the request; called once at most. */
  handle(): Reply;
  /** The vendor's own error shape. */
  error(status: number): Reply;
}

export async function deliver(exchange: Exchange, action: FaultAction | undefined): Promise<void> {
  switch (action?.kind) {
    case undefined:
      return send(exchange, exchange.handle());
    case "delay":
      await pause(action.ms, undefined, { signal: exchange.closing });
      return send(exchange, exchange.handle());
    case "respond":
      return send(exchange, scripted(exchange, action));
    case "respondAfterCommit":
      exchange.handle();
      return send(exchange, scripted(exchange, action));
    case "reset":
      return reset(exchange);
    case "resetAfterCommit":
      exchange.handle();
      return reset(exchange);
    case "truncateAfterCommit":
      return truncate(exchange, exchange.handle());
    case "hang":
      return;
    case "hangAfterCommit":
      exchange.handle();
  }
}

export function send({ response, entry }: Pick<Exchange, "response" | "entry">, reply: Reply): void {
  entry.status = reply.status;
  const body = bytesOf(reply);
  entry.bytes = body.length;
  response.writeHead(reply.status, headersOf(reply, body.length)).end(body);
}

function scripted(exchange: Exchange, reply: Reply): Reply {
  return reply.status < 400 ? reply : { ...exchange.error(reply.status), ...reply };
}

/** RST and not FIN: what a client sees when the machine at the other end is gone. */
function reset({ response }: Exchange): void {
  response.socket?.resetAndDestroy();
}

function truncate(exchange: Exchange, reply: Reply): void {
  const body = bytesOf(reply);
  // An empty body cannot be cut, and headers alone would be a complete response.
  if (body.length === 0) {
    reset(exchange);
    return;
  }
  const half = body.subarray(0, Math.floor(body.length / 2));
  exchange.entry.status = reply.status;
  exchange.entry.bytes = half.length;
  exchange.response.writeHead(reply.status, headersOf(reply, body.length));
  // FIN after the flush: a reset could make the client's kernel drop the half that it received.
  exchange.response.write(half, () => exchange.response.socket?.destroy());
}

function bytesOf({ body }: Reply): Buffer {
  return Buffer.from(typeof body === "object" ? JSON.stringify(body) : (body ?? ""));
}

function headersOf(reply: Reply, contentLength: number): Record<string, string | number> {
  const type = typeof reply.body === "object" ? "application/json" : "text/html; charset=utf-8";
  return {
    ...(contentLength > 0 && { "content-type": type }),
    "content-length": contentLength,
    ...reply.headers,
  };
}
