import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/stack";
import { connectionsOf, vendorCases } from "./support/vendors";

/** Every file below a folder, as text; a linked folder, such as node_modules, is none of the stack's. */
function filesBelow(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return entry.isFile() ? [{ file, text: readFileSync(file, "latin1") }] : [];
  });
}

describe("a key's value and the connection's credentials", () => {
  let sandbox: Sandbox;
  let stack: TestStack;
  let printed = "";
  const control = "secret-of-another-resource-";
  const values = () => vendorCases.flatMap(({ vendor }) => sandbox.keys(vendor).map((key) => key.value));
  const credentials = () => [
    sandbox.credentials.xentree.token,
    sandbox.credentials.applications.token,
    sandbox.credentials.sendkit.apiKey,
  ];
  /** What of the secrets stands in a text, in any of the spellings that a log could use. */
  const found = (text: string, secrets = [...values(), ...credentials()]) =>
    secrets.filter((secret) =>
      [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret)
          .toString("base64")
          .replace(/.{0,2}=*$/, ""),
      ].some((spelling) => text.includes(spelling)),
    );
  const run = async (...args: string[]) => (await stack.pulumi(args, { allowFailure: true })).output;
  const program = (trigger: string) => `
    const pulumi = require("@pulumi/pulumi");
    const apikeys = require("pulumi-apikeys");
    class Control extends pulumi.dynamic.Resource {
      constructor(value) {
        super({ create: async ({ value }) => ({ id: "control", outs: { value } }) }, "control", { value: pulumi.secret(value) });
      }
    }
    new Control("${control}" + "${trigger}");
    ${vendorCases
      .map(
        ({ vendor, parent, args }) =>
          `exports.${vendor} = new apikeys.${vendor}.ApiKey("${vendor}", { ${parent(sandbox)} ${args ? `${args},` : ""} rotation: { triggers: { t: "${trigger}" } } }).value;`,
      )
      .join("\n")}`;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const { APIKEYS_SENDKIT_API_KEY: apiKey = "", ...env } = connectionsOf(sandbox);
    stack = await TestStack.create({
      program: program("1"),
      env: { ...env, PULUMI_DEBUG_COMMANDS: "true" },
    });
    await stack.setConfig({ "apikeys:connections.sendkit.apiKey": apiKey }, "secret");
    const events = (name: string) => ["--event-log", path.join(stack.dir, `${name}.events.json`)];
    printed += await run("up", "--yes", "--diff", ...events("create"));
    stack.setProgram(program("2"));
    printed += await run("preview", "--json");
    printed += await run("up", "--yes", "--diff", ...events("rotate"), "-v=6", "--logtostderr", "--logflow");
    for (const key of sandbox.keys("xentree")) if (key.live) sandbox.deactivateOutOfBand("xentree", key.id);
    printed += await run("refresh", "--yes", "--diff", ...events("refresh"));
    for (const command of [
      ["stack", "export"],
      ["stack", "output", "--json"],
      ["stack", "history", "--json"],
    ]) {
      printed += await run(...command);
    }
  });
  afterAll(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  it("are really there to be found: --show-secrets shows the values", async () => {
    const { xentree } = await stack.outputs({ showSecrets: true });
    expect(found(String(xentree))).toEqual([xentree]);
    expect(printed).toContain("[secret]");
  });

  it("are in nothing that the CLI printed, logs up to -v=6 included", () => {
    expect(found(printed)).toEqual([]);
  });

  it("are in no file of the stack, its backend, its event logs or its history", () => {
    const files = filesBelow(stack.dir);
    for (const name of ["create", "rotate", "refresh"]) {
      expect(files.map(({ file }) => path.basename(file))).toContain(`${name}.events.json`);
    }
    expect(files.filter(({ text }) => found(text).length > 0).map(({ file }) => file)).toEqual([]);
  });

  it("are in the -v=9 log only where the engine prints the secrets of any resource, and credentials nowhere", async () => {
    stack.setProgram(program("3"));
    const log = await run("up", "--yes", "--skip-preview", "-v=9", "--logtostderr", "--logflow");
    const entries = log.split(/^(?=[IWEF]\d{4} )/m);
    const placesOf = (secrets: string[]) =>
      new Set(
        entries.flatMap((entry) =>
          found(entry, secrets).length > 0 ? [/ (\w+\.go:\d+)\]/.exec(entry)?.[1]] : [],
        ),
      );

    expect(found(log, credentials())).toEqual([]);
    expect(placesOf(values()).size).toBeGreaterThan(0);
    expect([...placesOf([`${control}3`])]).toEqual(expect.arrayContaining([...placesOf(values())]));
  });

  it("are in the errors of a failing destroy neither", async () => {
    stack.setEnv({ APIKEYS_XENTREE_TOKEN: "canary-token-of-nobody" });
    const { exitCode, output } = await stack.pulumi(
      ["destroy", "--yes", "--skip-preview", "-v=6", "--logtostderr"],
      {
        allowFailure: true,
      },
    );
    expect(exitCode).not.toBe(0);
    expect(output).toContain("HTTP 401");
    expect(found(output)).toEqual([]);
    expect(output).not.toContain("canary-token-of-nobody");
  });
});
