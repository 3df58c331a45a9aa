import type { IncomingHttpHeaders } from "node:http";

export interface SandboxRequest {
  readonly method: string;
  /** As sent, with the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A string body is sent as text/html unless the headers say otherwise, an object as JSON, undefined as no body. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

/** Ends a handler with the vendor's refusal. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(readonly reply: Reply) {
    super(`The request was refused with ${reply.status}.`);
  }
}

export function bearer(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
}
