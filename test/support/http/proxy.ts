import http from "node:http";
import net from "node:net";
import { listen, onClose } from "./loopback";

/** What a proxy does with a request for a tunnel, but for opening it. */
type Refusal = (socket: net.Socket) => void;

/**
 * A forward proxy on loopback. It alone knows where its hosts are, so what reaches them came through it.
 *
 * @param hosts URL of the server behind each `host:port`
 */
export async function serveProxy(hosts: Readonly<Record<string, string>>, refuse?: Refusal) {
  const tunnels: { readonly host: string; readonly authorization: string | undefined }[] = [];
  const sockets: net.Socket[] = [];
  const server = http.createServer((_, response) => response.writeHead(500).end());
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
  });
  server.on("connect", (request, socket: net.Socket) => {
    const host = request.url ?? "";
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
  const url = await listen(server, 0);
  onClose(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url, tunnels, sockets };
}
