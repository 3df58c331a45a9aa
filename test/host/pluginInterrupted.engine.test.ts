import { once } from "node:events";
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Fixture, useStack } from "../support/engine/fixture";
import { until } from "../support/engine/interruption";
import { processesIn } from "../support/engine/processes";
import { liveKeys } from "../support/engine/vendors";
import { closeAll, serve } from "../support/http/loopback";

const onLinux = process.platform === "linux" ? describe : describe.skip;

const program = `
  const { xentree } = require("pulumi-apikeys/plugin");
  for (const name of ["a", "b", "c"]) {
    exports[name] = new xentree.ApiKey(name, { permissions: ["chat:read"] }).keyId;
  }`;

/** What stands before the vendor, and holds creates back until it is opened. */
async function startGate(url: string) {
  const { promise, resolve: open } = Promise.withResolvers<void>();
  const posts: string[] = [];
  const server = await serve(async (response, { method, url: target, headers, body }) => {
    if (method === "POST") {
      posts.push(target);
      await promise;
    }
    const { host: _, connection: __, "content-length": ___, ...rest } = headers;
    const sent = { method, headers: rest as Record<string, string>, ...(body !== "" && { body }) };
    const answer = await fetch(url + target, sent);
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    response.end(await answer.text());
  });
  return { url: server.url, posts, open };
}

const pluginsOf = ({ stack }: Fixture) =>
  processesIn(realpathSync(stack.dir)).filter(({ command }) => command.includes("pulumi-resource-apikeys"));

onLinux("the plugin, while one create is sent and two wait for it,", () => {
  const at = useStack("test", () => program);
  let gate: Awaited<ReturnType<typeof startGate>>;
  let calls: string;
  let output: string;

  beforeEach(async () => {
    gate = await startGate(at.sandbox.url);
    calls = path.join(at.stack.dir, "calls.json");
    writeFileSync(calls, "");
    output = "";
    at.stack.setEnv({
      APIKEYS_XENTREE_BASE_URL: gate.url,
      APIKEYS_XENTREE_CONCURRENCY: "1",
      PULUMI_DEBUG_GRPC: calls,
    });
  });
  afterEach(closeAll);

  /** Begins an \`up\`, and waits until the first create is at the vendor. */
  async function begin() {
    const child = at.stack.spawn(["up", "--yes", "--skip-preview"]);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    await until(
      () => gate.posts.length > 0,
      () => output,
    );
    return child;
  }

  it("ends when the CLI is killed, and sends nothing more", async () => {
    const child = await begin();
    expect(pluginsOf(at)).toHaveLength(1);
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await until(() => pluginsOf(at).length === 0);
    gate.open();
    // Of the CLI's, others hold its output open until they notice.
    for (const { pid } of processesIn(realpathSync(at.stack.dir))) process.kill(pid, "SIGKILL");
    await closed;
    expect(gate.posts).toHaveLength(1);
  });

  it("lets that create come into state on the first Ctrl-C, and sends no other; the next up creates the others", async () => {
    const child = await begin();
    const closed = once(child, "close");
    child.kill("SIGINT");
    await until(
      () => readFileSync(calls, "utf8").includes("/pulumirpc.ResourceProvider/Cancel"),
      () => output,
    );
    gate.open();
    await closed;
    expect(gate.posts).toHaveLength(1);
    const [live] = at.sandbox.keys("xentree");
    const keys = async () =>
      (await at.stack.exportState()).deployment.resources.filter(
        ({ type }) => type === "apikeys:xentree:ApiKey",
      );
    expect((await keys()).map(({ outputs }) => outputs?.keyId)).toEqual([live?.id]);
    expect(output).toContain("the operation was cancelled");
    await at.stack.up("--skip-preview");
    expect(gate.posts).toHaveLength(3);
    expect((await keys()).map(({ outputs }) => outputs?.keyId).sort()).toEqual(
      liveKeys(at.sandbox, "xentree").sort(),
    );
    expect((await at.stack.exportState()).deployment.pending_operations ?? []).toEqual([]);
  });
});
