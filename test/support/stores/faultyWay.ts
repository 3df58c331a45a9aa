import http from "node:http";
import https from "node:https";
import type { Issued } from "../http/certificates";
import { listen } from "../http/loopback";

/** What becomes of a request: an answer in place of the server's, or the server's, which then gets lost. */
type Fault = { readonly status: number; readonly body: unknown } | "lost";

/** What came by. */
export interface Passed {
  /** The operation, as AWS names it in a header: `PutSecretValue`. */
  readonly operation: string;
  readonly body: string;
}

/** The way to a server of AWS's, on which a test can put obstacles. */
export class FaultyWay {
  readonly passed: Passed[] = [];
  /** Decides of each request. */
  fault: (passed: Passed) => Fault | undefined = () => undefined;

  private constructor(
    private readonly server: http.Server | https.Server,
    readonly url: string,
  ) {}

  /** @param tls its certificate. Default: it speaks plain HTTP */
  static async to(target: string, tls?: Issued): Promise<FaultyWay> {
    const pass: http.RequestListener = async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const passed = { operation: String(request.headers["x-amz-target"]).split(".").at(-1) ?? "", body };
      way.passed.push(passed);
      const fault = way.fault(passed);
      if (fault !== undefined && fault !== "lost") {
        response
          .writeHead(fault.status, { "content-type": "application/x-amz-json-1.1" })
          .end(JSON.stringify(fault.body));
        return;
      }
      const { host: _, connection: __, ...headers } = request.headers;
      const answer = await fetch(target + request.url, {
        method: request.method ?? "POST",
        headers: headers as Record<string, string>,
        body,
      });
      const text = await answer.text();
      if (fault === "lost") response.destroy();
      else response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.1" }).end(text);
    };
    const server = tls ? https.createServer({ cert: tls.cert, key: tls.key }, pass) : http.createServer(pass);
    const url = await listen(server, 0);
    const way: FaultyWay = new FaultyWay(server, tls ? url.replace("http:", "https:") : url);
    return way;
  }

  /** Takes the obstacles away, and forgets what came by. */
  clear(): void {
    this.passed.length = 0;
    this.fault = () => undefined;
  }

  /** What changes something, of what came by. */
  get writes(): string[] {
    return this.passed
      .map(({ operation }) => operation)
      .filter((operation) => !/^(Get|Describe|List)/.test(operation));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
