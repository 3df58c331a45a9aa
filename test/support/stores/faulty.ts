import https from "node:https";
import { Authority } from "../http/certificates";
import { listen, onClose } from "../http/loopback";

/** What becomes of the next requests: an answer of its own, or one that is lost once the server behind has given it. */
interface Fault {
  readonly status?: number;
  times: number;
}

/**
 * A server in front of another one, over TLS, that passes everything on but for the faults of a test.
 *
 * @param behind the server's URL
 * @param isMeant which requests have faults
 */
export async function startFaulty(behind: string, isMeant: (method: string, path: string) => boolean) {
  const authority = new Authority("faulty");
  const { cert, key } = authority.issue("faulty", ["127.0.0.1"]);
  const fault: Fault = { times: 0 };
  const passed: string[] = [];
  const server = https.createServer({ cert, key }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    const isFaulty = fault.times > 0 && isMeant(method, url);
    if (isFaulty) fault.times--;
    if (isFaulty && fault.status !== undefined) {
      // As of a load balancer: no JSON.
      response.writeHead(fault.status, { "content-type": "text/plain" }).end("down");
      return;
    }
    passed.push(`${method} ${url}`);
    const sent = https.request(behind + url, { method, headers, rejectUnauthorized: false }, (answer) => {
      if (isFaulty) {
        answer.resume().on("end", () => response.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    sent.end(Buffer.concat(chunks));
  });
  const url = (await listen(server, 0)).replace("http:", "https:");
  onClose(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    authority.remove();
  });
  return { url, caFile: authority.ca.certFile, fault, passed };
}
