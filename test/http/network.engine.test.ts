import { mkdirSync, readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import tls from "node:tls";
import { useStack } from "../support/engine/fixture";
import { liveKeys } from "../support/engine/vendors";
import { Authority, canIssue } from "../support/http/certificates";
import { closeAll, listen, onClose } from "../support/http/loopback";
import { serveProxy } from "../support/http/proxy";

(canIssue ? describe : describe.skip)("a vendor behind a proxy that demands a client certificate", () => {
  const at = useStack(
    "test",
    () => 'new (require("pulumi-apikeys").xentree.ApiKey)("ci", { permissions: ["read"] });',
  );
  afterEach(closeAll);
  const authority = canIssue ? new Authority("corporate") : undefined;
  afterAll(() => authority?.remove());

  /** The sandbox over TLS, which lets in only who shows a certificate of the authority. */
  async function guarded(server: { cert: string; key: string }, ca: string): Promise<string> {
    const port = Number(new URL(at.sandbox.url).port);
    const sockets: net.Socket[] = [];
    const guard = tls.createServer(
      { ...server, ca, requestCert: true, rejectUnauthorized: true },
      (socket) => {
        const upstream = net.connect(port, "127.0.0.1");
        for (const end of [socket, upstream]) sockets.push(end.on("error", () => {}));
        socket.pipe(upstream).pipe(socket);
      },
    );
    const url = await listen(guard, 0);
    onClose(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => guard.close(resolve));
    });
    return url;
  }

  it("has its keys created, refreshed and revoked, and state and config hold paths alone", async () => {
    if (!authority) throw new Error("no certificates");
    const { sandbox, stack } = at;
    const { ca } = authority;
    const [server, client] = [authority.issue("vendor", ["vendor.invalid"]), authority.issue("client")];
    const proxy = await serveProxy({ "vendor.invalid:443": await guarded(server, ca.cert) });
    // Pulumi runs in a folder below the project's, from which the relative path does not lead anywhere.
    const below = path.join(stack.dir, "below");
    mkdirSync(below);
    const proxied = proxy.url.replace("//", "//deployer:pass-of-proxy@");
    stack.setEnv({
      APIKEYS_XENTREE_BASE_URL: "https://vendor.invalid",
      APIKEYS_XENTREE_CA_FILE: ca.certFile,
      https_proxy: proxied,
      http_proxy: proxied,
      // Pulumi's own connections from the program to its engine would go that way too.
      no_proxy: "127.0.0.1",
      NODE_USE_ENV_PROXY: "1",
    });
    const files = {
      "apikeys:connections.xentree.certFile": path.relative(stack.dir, client.certFile),
      "apikeys:connections.xentree.keyFile": path.relative(stack.dir, client.keyFile),
    };
    await stack.setConfig(files, "plaintext");

    const { output } = await stack.pulumi(["-C", below, "up", "--yes"]);
    expect(liveKeys(sandbox, "xentree")).toHaveLength(1);
    await stack.refresh("--expect-no-changes");
    const written =
      JSON.stringify(await stack.exportState({ showSecrets: true })) +
      readFileSync(path.join(stack.dir, "Pulumi.dev.yaml"));
    expect(written).toContain(client.keyFile.split("/").at(-1));
    for (const text of [output, written]) {
      expect(text).not.toContain("PRIVATE KEY");
      expect(text).not.toContain("pass-of-proxy");
    }
    await stack.destroy();
    expect(liveKeys(sandbox, "xentree")).toHaveLength(0);
    expect(new Set(proxy.tunnels.map(({ host }) => host))).toEqual(new Set(["vendor.invalid:443"]));
  });
});
