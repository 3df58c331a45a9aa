import http from "node:http";
import https from "node:https";
import net from "node:net";
import { TLSSocket } from "node:tls";
import type { Issued } from "./certificates";
import { listen, onClose } from "./loopback";

/** What a proxy does with a request for a tunnel, but for opening it. */
type Refusal = (socket: net.Socket) => void;

/**
 * A forward proxy on loopback. It alone knows where its hosts are, so what reaches them came through it.
 *
 * @param hosts URL of the server behind each `host:port`
 * @param tls its certificate, and the authority of clients' certificates that it would take. Default: it speaks plain HTTP
 */
export async function serveProxy(
  hosts: Readonly<Record<string, string>>,
  refuse?: Refusal,
  tls?: { server: Issued; ca: Issued },
) {
  const tunnels: { readonly host: string; readonly authorization: string | undefined }[] = [];
  /** Names in the certificates that clients have shown to the proxy itself. */
  const shown: string[] = [];
  const sockets: net.Socket[] = [];
  const fail: http.RequestListener = (_, response) => response.writeHead(500).end();
  const server = tls
    ? https.createServer(
        {
          cert: tls.server.cert,
          key: tls.server.key,
          ca: tls.ca.cert,
          requestCert: true,
          rejectUnauthorized: false,
        },
        fail,
      )
    : http.createServer(fail);
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
  });
  server.on("connect", (request, socket: net.Socket) => {
    const host = request.url ?? "";
    if (socket instanceof TLSSocket) shown.push(...[socket.getPeerCertificate().subject?.CN ?? []].flat());
    tunnels.push({ host, authorization: request.headers["proxy-authorization"] });
    if (refuse) return refuse(socket);
    const target = hosts[host];
    if (target === undefined) return socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    const upstream = net.connect(Number(new URL(target).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.push(upstream);
    upstream.on("error", () => socket.destroy());
  });
  const plain = await listen(server, 0);
  const url = tls ? plain.replace("http://127.0.0.1", "https://localhost") : plain;
  onClose(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url, tunnels, shown, sockets };
}
