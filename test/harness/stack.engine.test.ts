import { existsSync, readFileSync } from "node:fs";
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
