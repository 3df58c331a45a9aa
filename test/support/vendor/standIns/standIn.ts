import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deliver } from "../../../../sandbox/delivery";
import { type Fault, FaultQueue } from "../../../../sandbox/faults";
import type { Reply, SandboxRequest } from "../../../../sandbox/http";
import { type JournalEntry, RequestJournal } from "../../../../sandbox/journal";
import { dispatch, type Routed } from "../../../../sandbox/routing";

/** A key as the vendor itself holds it. */
export interface HeldKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

/** A vendor's API as its public document describes it, and changes that no request makes. */
export interface StandInApi extends Routed {
  /** Answers in place of the routes, for a vendor that has routes of its own. */
  answer?(request: SandboxRequest): Reply;
  /** What was asked that the vendor's document does not allow, in the words of a validator. */
  readonly complaints?: string[];
  /** Keys that open something now, oldest first. */
  live(): readonly HeldKey[];
  /** Ends a key as an administrator does in the vendor's own console. */
  revoke(id: string): void;
  /** Overwrites properties of a key, under the vendor's names. */
  change(id: string, patch: Readonly<Record<string, unknown>>): void;
}

/** A vendor that listens on loopback. */
export interface StandIn {
  readonly url: string;
  readonly api: StandInApi;
  requests(): JournalEntry[];
  forget(): void;
  inject(fault: Fault): void;
  heal(): void;
  close(): Promise<void>;
}

/** Lets a vendor's API listen on a free port of 127.0.0.1. */
export async function startStandIn(api: StandInApi, now: () => number): Promise<StandIn> {
  const journal = new RequestJournal();
  const faults = new FaultQueue();
  const closing = new AbortController();
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = "GET", url: path = "/", headers } = incoming;
    const entry = journal.open({ vendor: null, method, path, at: now() });
    let body = "";
    for await (const chunk of incoming) body += chunk;
    const request = { method, path, headers, body };
    const handle = () => api.answer?.(request) ?? dispatch(api, request);
    const error = (status: number) => api.error(status);
    await deliver({ response, entry, closing: closing.signal, handle, error }, faults.take(request));
  };
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((cause) => {
      api.complaints?.push(`the stand-in failed: ${cause}`);
      response.writeHead(500).end(`The stand-in failed: ${cause}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    api,
    requests: () => journal.entries(),
    forget: () => journal.clear(),
    inject: (fault) => faults.inject(fault),
    heal: () => faults.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        closing.abort();
      }),
  };
}
