import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { secretsProvider } from "../support/engine/keyService";
import { TestStack } from "../support/engine/stack";

const program = `
  const pulumi = require("@pulumi/pulumi");
  class Greeter extends pulumi.ComponentResource {
    constructor(name) { super("test:index:Greeter", name); this.registerOutputs(); }
  }
  new Greeter("greeter");
  exports.greeting = process.env.GREETING;
  exports.node = process.version;
  const word = new pulumi.Config("test").requireSecret("word");
  exports.hidden = word;
  exports.nested = { words: [word, "open"] };
`;

describe("the harness of the engine tests", () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await TestStack.create({ program, env: { GREETING: "hello" } });
    await stack.setConfig({ "test:word": "sesame" }, "secret");
  });
  afterAll(async () => {
    await stack.remove();
    expect(existsSync(stack.dir)).toBe(false);
  });

  it("begins with the files that `pulumi stack init` writes, and with the stack selected", async () => {
    const fresh = await TestStack.create({ program });
    const read = (file: string) => readFileSync(path.join(fresh.dir, file), "utf8");
    const withoutKeyAndTime = (text: string) =>
      text.replace(/(?<=encryptedkey"?: "?)[\w+/=]+|(?<="time": ").*(?=")/g, "…");
    const files = (name: string) => ({
      state: JSON.parse(withoutKeyAndTime(read(`state/.pulumi/stacks/project/${name}.json`))),
      settings: withoutKeyAndTime(read(`Pulumi.${name}.yaml`)),
    });
    const selections = () =>
      readdirSync(path.join(fresh.dir, "home", "workspaces")).map((file) => [
        file,
        JSON.parse(read(`home/workspaces/${file}`)),
      ]);
    const meta = read("state/.pulumi/meta.yaml");
    const made = files("dev");
    const selected = selections();
    await fresh.pulumi(["stack", "init", "other", "--secrets-provider", secretsProvider]);
    expect(read("state/.pulumi/meta.yaml")).toBe(meta);
    expect(made).toEqual(JSON.parse(JSON.stringify(files("other")).replaceAll("/other", "/dev")));
    expect(selected).toEqual([[selections()[0]?.[0], { stack: "organization/project/dev" }]]);
    expect(selections()).toHaveLength(1);
    await fresh.remove();
  });

  it("drives a program from up to destroy through the real engine", async () => {
    await stack.up();
    expect((await stack.resource("greeter")).type).toBe("test:index:Greeter");
    await stack.destroy();
    expect((await stack.exportState()).deployment.resources ?? []).toEqual([]);
  });

  it("runs the program with the environment it was given and with the Node of the tests", async () => {
    stack.setEnv({ GREETING: "goodbye" });
    await stack.up("--skip-preview");
    expect(await stack.outputs()).toMatchObject({ greeting: "goodbye", node: process.version });
  });

  it("shows secrets only on request and keeps them out of the state file", async () => {
    expect(await stack.outputs({ showSecrets: true })).toMatchObject({ hidden: "sesame" });
    expect((await stack.outputs()).hidden).toBe("[secret]");
    expect(readFileSync(stack.stateFile(), "utf8")).not.toContain("sesame");
  });

  it("reads from the state file what the CLI tells of it", async () => {
    const told = async (...args: string[]) => JSON.parse((await stack.pulumi(["stack", ...args])).stdout);
    for (const [showSecrets, option] of [
      [false, []],
      [true, ["--show-secrets"]],
    ] as const) {
      expect(await stack.exportState({ showSecrets })).toEqual(await told("export", ...option));
      expect(await stack.outputs({ showSecrets })).toEqual(await told("output", "--json", ...option));
    }
  });

  it("rejects with the engine's words when a run fails, or gives them back if failure is the point", async () => {
    stack.setProgram(`throw new Error("no such luck")`);
    await expect(stack.preview()).rejects.toThrow("no such luck");
    const { exitCode, output } = await stack.pulumi(["preview"], { allowFailure: true });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("no such luck");
  });
});
