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
  const canaries = () => [
    ...vendorCases.flatMap(({ vendor }) => sandbox.keys(vendor).map((key) => key.value)),
    sandbox.credentials.xentree.token,
    sandbox.credentials.applications.token,
    sandbox.credentials.sendkit.apiKey,
  ];
  /** What of the canaries stands in a text, in any of the spellings that a log could use. */
  const found = (text: string) =>
    canaries().filter((secret) =>
      [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret)
          .toString("base64")
          .replace(/.{0,2}=*$/, ""),
      ].some((spelling) => text.includes(spelling)),
    );
  const run = async (...args: string[]) => {
    const { output } = await stack.pulumi(args, { allowFailure: true });
    printed += output;
  };

  beforeAll(async () => {
    sandbox = await startSandbox();
    const program = (trigger: string) => `
      const apikeys = require("pulumi-apikeys");
      module.exports = {};
      ${vendorCases
        .map(
          ({ vendor, parent, args }) =>
            `module.exports.${vendor} = new apikeys.${vendor}.ApiKey("${vendor}", { ${parent(sandbox)} ${args ? `${args},` : ""} rotation: { triggers: { t: "${trigger}" } } }).value;`,
        )
        .join("\n")}`;
    stack = await TestStack.create({ program: program("1"), env: connectionsOf(sandbox) });
    const verbose = ["-v=9", "--logtostderr", "--logflow"];
    await run("up", "--yes", "--diff", "--event-log", path.join(stack.dir, "events.json"), ...verbose);
    stack.setProgram(program("2"));
    await run("preview", "--json", ...verbose);
    await run("up", "--yes", "--diff", ...verbose);
    for (const key of sandbox.keys("xentree")) if (key.live) sandbox.deactivateOutOfBand("xentree", key.id);
    await run("refresh", "--yes", "--diff", ...verbose);
    await run("stack", "export");
    await run("stack", "output", "--json");
    await run("stack", "history", "--json");
  });
  afterAll(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  it("are really there to be found: --show-secrets shows the values", async () => {
    const { xentree } = await stack.outputs({ showSecrets: true });
    expect(found(String(xentree))).toEqual([xentree]);
    expect(printed.length).toBeGreaterThan(50_000);
  });

  it("are in nothing that the CLI printed, verbose logs included", () => {
    expect(found(printed)).toEqual([]);
  });

  it("are in no file of the stack, its backend, its event log or its history", () => {
    const files = filesBelow(stack.dir);
    expect(files.map(({ file }) => path.basename(file))).toContain("events.json");
    expect(files.filter(({ text }) => found(text).length > 0).map(({ file }) => file)).toEqual([]);
  });

  it("are in the errors of a failing destroy neither", async () => {
    stack.setEnv({ APIKEYS_XENTREE_TOKEN: "canary-token-of-nobody" });
    const { exitCode, output } = await stack.pulumi(
      ["destroy", "--yes", "--skip-preview", "-v=9", "--logtostderr"],
      { allowFailure: true },
    );
    expect(exitCode).not.toBe(0);
    expect(found(output)).toEqual([]);
    expect(output).not.toContain("canary-token-of-nobody");
  });
});
