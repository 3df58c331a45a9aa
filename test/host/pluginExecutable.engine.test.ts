import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CheckRequest,
  type CheckResponse,
  GetSchemaRequest,
  type GetSchemaResponse,
  ProviderHandshakeRequest,
  type ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { version } from "../../package.json";
import { useStack } from "../support/engine/fixture";
import { command } from "../support/engine/interruption";
import { languageHost } from "../support/engine/languageHosts";
import { pluginArchive as archive, makePluginExecutable } from "../support/engine/pluginExecutable";
import { processesIn } from "../support/engine/processes";
import { liveKeys, requests } from "../support/engine/vendors";
import { closeAll, serve } from "../support/http/loopback";
import { PluginProcess } from "../support/process/pluginProcess";

const out = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-executables-"));
let unpacked: string;
beforeAll(() => {
  unpacked = makePluginExecutable(out);
});
afterAll(() => rmSync(out, { recursive: true, force: true }));
afterEach(closeAll);

describe("the archive for this system", () => {
  it("holds the executable and the licenses, and is in the checksums", () => {
    const sum = createHash("sha256")
      .update(readFileSync(path.join(out, archive)))
      .digest("hex");
    expect(readFileSync(path.join(out, "checksums.txt"), "utf8")).toBe(`${sum}  ${archive}\n`);
    expect(execFileSync("tar", ["-tzf", archive], { cwd: out, encoding: "utf8" }).trim().split("\n")).toEqual(
      ["pulumi-resource-apikeys", "LICENSE", "LICENSE-node"],
    );
  });

  it("serves with nothing on PATH and any flags of the engine's, and ends when the engine is gone", async () => {
    const plugin = await PluginProcess.start(unpacked, { PATH: "" }, ["--logtostderr", "-v=9"]);
    const shaken = await plugin.ask<ProviderHandshakeResponse>((client, answer) =>
      client.handshake(new ProviderHandshakeRequest(), answer),
    );
    expect(shaken.getAcceptSecrets()).toBe(true);
    const schema = await plugin.ask<GetSchemaResponse>((client, answer) =>
      client.getSchema(new GetSchemaRequest(), answer),
    );
    expect(JSON.parse(schema.getSchema())).toMatchObject({
      name: "apikeys",
      version,
      pluginDownloadURL: expect.stringMatching(/^https:/),
    });
    const request = new CheckRequest();
    request.setNews(Struct.fromJavaScript({ connections: "no object" }));
    const checked = await plugin.ask<CheckResponse>((client, answer) => client.checkConfig(request, answer));
    expect(checked.getFailuresList().map((failure) => failure.getReason())).toEqual([
      expect.stringContaining("connections must be an object"),
    ]);
    await plugin.stop();
  });
});

/** Lets the engine download the archive from this machine. */
async function download(at: ReturnType<typeof useStack>): Promise<void> {
  const server = await serve((response, { url }) => {
    if (url !== `/${archive}`) return response.writeHead(404).end();
    return response.end(readFileSync(path.join(out, archive)));
  });
  await at.stack.pulumi(["plugin", "install", "resource", "apikeys", `v${version}`, "--server", server.url]);
}
const installed = (at: ReturnType<typeof useStack>) =>
  path.join(String(at.stack.env.PULUMI_HOME), "plugins", `resource-apikeys-v${version}`);

describe("the executable, downloaded by `pulumi plugin install`,", () => {
  const at = useStack(
    "suite",
    () => `
    const { xentree } = require("pulumi-apikeys/plugin");
    exports.value = new xentree.ApiKey("ci", { permissions: ["chat:read"] }).value;`,
  );

  it("is what a program of TypeScript uses, and what `plugin install` leaves", async () => {
    await download(at);
    const files = readdirSync(installed(at));
    expect(await command(at, "plugin", "install")).toContain("already installed");
    await at.stack.up("--skip-preview");
    expect(readdirSync(installed(at))).toEqual(files);
    expect(files).not.toContain("pulumi-resource-apikeys.cjs");
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(1);
  });

  it("refreshes and revokes where there is no Node.js", async () => {
    at.stack.setEnv({ PATH: String(process.env.PULUMI_APIKEYS_ENGINE_BIN), NODE_OPTIONS: "" });
    expect((await at.stack.refresh("--skip-preview")).output).toContain("2 unchanged");
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree")).toEqual([]);
  });
});

const yaml = languageHost("yaml");

(yaml === undefined ? describe.skip : describe)("a program in YAML, where there is no Node.js,", () => {
  const program = (generation: number) => `name: project
runtime: yaml
resources:
  ci:
    type: apikeys:xentree:ApiKey
    properties:
      permissions: ["chat:read"]
      rotation: { triggers: { generation: "${generation}" } }
outputs:
  value: \${ci.value}
`;
  const at = useStack("suite", () => (dir) => writeFileSync(path.join(dir, "Pulumi.yaml"), program(1)));

  it("lives a whole life", async () => {
    at.stack.setEnv({
      PATH: [process.env.PULUMI_APIKEYS_ENGINE_BIN, yaml].join(path.delimiter),
      NODE_OPTIONS: "",
    });
    await download(at);
    await at.stack.up("--skip-preview");
    const value = () => at.sandbox.keys("xentree").find(({ live }) => live)?.value;
    const first = value();
    expect((await at.stack.outputs({ showSecrets: true })).value).toBe(first);
    at.sandbox.journal.clear();
    expect((await at.stack.up()).output).toContain("2 unchanged");
    expect(requests(at.sandbox)).toEqual([]);
    expect((await at.stack.refresh("--skip-preview")).output).toContain("2 unchanged");
    writeFileSync(path.join(at.stack.dir, "Pulumi.yaml"), program(2));
    await at.stack.up("--skip-preview");
    expect(value()).not.toBe(first);
    expect((await at.stack.outputs({ showSecrets: true })).value).toBe(value());
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree")).toEqual([]);
    expect(processesIn(realpathSync(at.stack.dir))).toEqual([]);
  });
});
