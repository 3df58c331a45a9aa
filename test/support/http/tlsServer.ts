import { spawn } from "node:child_process";
import https from "node:https";
import type { TLSSocket } from "node:tls";
import type { Issued } from "./certificates";
import { json, listen, onClose, vacantPort } from "./loopback";

/** What came to a server over TLS. */
interface ReceivedOverTls {
  readonly host: string | undefined;
  /** Name in the client's certificate, if it showed one. */
  readonly client: string | undefined;
  readonly protocol: string | false | null;
}

/** An HTTPS server on loopback that answers every request with an empty list. It could speak HTTP/2 as well. */
export async function serveTls({ cert, key }: Issued, options: https.ServerOptions = {}) {
  const received: ReceivedOverTls[] = [];
  const server = https.createServer({ cert, key, ALPNProtocols: ["h2", "http/1.1"], ...options });
  server.on("request", (request, response) => {
    const socket = request.socket as TLSSocket;
    const client = socket.getPeerCertificate().subject?.CN;
    const name = Array.isArray(client) ? client[0] : client;
    received.push({ host: request.headers.host, client: name, protocol: socket.alpnProtocol });
    request.resume();
    json(response, 200, []);
  });
  const url = (await listen(server, 0)).replace("http:", "https:");
  onClose(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url, received };
}

/**
 * OpenSSL's own server on loopback, which ends the handshake by an alert where the client's certificate is missing or
 * of another authority. Node's closes the connection without one.
 */
export async function serveStrictTls({ certFile, keyFile }: Issued, caFile: string): Promise<string> {
  const port = await vacantPort();
  const identity = ["-cert", certFile, "-key", keyFile, "-CAfile", caFile];
  const place = ["-accept", `127.0.0.1:${port}`, "-tls1_3"];
  const child = spawn("openssl", ["s_server", ...place, ...identity, "-Verify", "2", "-verify_return_error"]);
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (text) => String(text).includes("ACCEPT") && resolve());
    child.once("exit", (code) => reject(new Error(`openssl s_server ended with ${code}`)));
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  onClose(async () => {
    child.kill();
    await ended;
  });
  return `https://127.0.0.1:${port}`;
}
