import http from "node:http";
import https from "node:https";
import type { Issued } from "../http/certificates";
import { listen } from "../http/loopback";

/** When a request is held: before the server has it, or once it has done what was asked. */
type When = "before" | "after";

interface Hold {
  readonly name: string;
  readonly when: When;
  readonly isMeant: (line: string) => boolean;
}

/** The way to a store, on which requests can be held: whoever has sent them waits for an answer that never comes. */
export class Gate {
  /** Names of the holds at which a request waits. */
  readonly waiting = new Set<string>();
  /** What came by: method, path, AWS's operation. */
  readonly passed: string[] = [];
  readonly #holds: Hold[] = [];

  private constructor(
    private readonly server: http.Server | https.Server,
    readonly url: string,
  ) {}

  /** @param tls its certificate. Default: it speaks plain HTTP */
  static async to(behind: string, tls?: Pick<Issued, "cert" | "key">): Promise<Gate> {
    const take: http.RequestListener = (request, response) => void gate.#take(behind, request, response);
    const server = tls ? https.createServer({ cert: tls.cert, key: tls.key }, take) : http.createServer(take);
    const url = await listen(server, 0);
    const gate: Gate = new Gate(server, tls ? url.replace("http:", "https:") : url);
    return gate;
  }

  /** Holds the requests that are meant, which it tells by a line of method, path, AWS's operation and body. */
  hold(name: string, when: When, isMeant: (line: string) => boolean): void {
    this.#holds.push({ name, when, isMeant });
  }

  /** Holds nothing any more. */
  open(): void {
    this.#holds.length = 0;
    this.waiting.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #take(behind: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = "", url = "", headers } = request;
    const passed = `${method} ${url} ${headers["x-amz-target"] ?? ""}`.trim();
    const hold = this.#holds.find(({ isMeant }) => isMeant(`${passed} ${body}`));
    if (hold?.when === "before") {
      this.waiting.add(hold.name);
      return;
    }
    this.passed.push(passed);
    const { request: send } = behind.startsWith("https:") ? https : http;
    const sent = send(behind + url, { method, headers, rejectUnauthorized: false }, (answer) => {
      if (hold !== undefined) answer.resume().on("end", () => this.waiting.add(hold.name));
      else answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers));
    });
    // Who has asked is told as a client is that loses its server.
    sent.on("error", () => response.destroy());
    sent.end(body);
  }
}
