import { readFileSync } from "node:fs";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/engine/stack";
import { connectionsOf } from "../support/engine/vendors";
import { secretsIn } from "../support/secrets";

/** The secrets of one `up`, by what they are. */
interface Secrets {
  /** A created key's value, which is also an input of a resource of another provider. */
  readonly value: string;
  /** The value of a key that is taken over, an argument of ours. */
  readonly adoptValue: string;
  /** A secret input of a resource that has nothing to do with keys. */
  readonly control: string;
  readonly credential: string;
}

describe("the engine's logs", () => {
  let sandbox: Sandbox;
  let stack: TestStack;
  let runs = 0;

  beforeAll(async () => {
    sandbox = await startSandbox();
    stack = await TestStack.create({ program: "", env: connectionsOf(sandbox) });
  });
  afterAll(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  /** An `up` that makes a key, hands its value to a resource of a store, takes a key over, and has a secret of its own. */
  async function up(...args: string[]): Promise<{ log: string; secrets: Secrets }> {
    const run = ++runs;
    const adopted = sandbox.createOutOfBand("xentree", { name: `theirs-${run}` });
    const control = `secret-of-another-resource-${run}`;
    stack.setProgram(`
      const pulumi = require("@pulumi/pulumi");
      const { xentree } = require("pulumi-apikeys");
      class Store extends pulumi.dynamic.Resource {
        constructor(name, value) {
          super({ create: async ({ value }) => ({ id: name, outs: { value } }) }, name, { value: pulumi.secret(value) });
        }
      }
      new Store("control-${run}", "secret-of-another-resource-" + "${run}");
      exports.value = new xentree.ApiKey("key-${run}", { permissions: ["read"] }).value;
      new Store("store-${run}", exports.value);
      new xentree.ApiKey("adopted-${run}", { adopt: "${adopted.id}", adoptValue: "${adopted.value}" });`);
    const { output } = await stack.up("--skip-preview", ...args);
    const { value } = await stack.outputs({ showSecrets: true });
    const credential = sandbox.credentials.xentree.token;
    return { log: output, secrets: { value: String(value), adoptValue: adopted.value, control, credential } };
  }

  /** The lines of the engine's source that wrote a secret. */
  function placesOf(log: string, secret: string): string[] {
    const entries = log.split(/^(?=[IWEF]\d{4} )/m).filter((entry) => secretsIn(entry, [secret]).length > 0);
    return [...new Set(entries.map((entry) => / (\w+\.go:\d+)\]/.exec(entry)?.[1] ?? entry))];
  }

  it("have no secret up to -v=6, although another resource takes the value", async () => {
    const { log, secrets } = await up("-v=6", "--logtostderr", "--logflow");
    expect(log).toMatch(/^I\d{4} /m);
    expect(secretsIn(log, Object.values(secrets))).toEqual([]);
  });

  it.each([7, 8, 9])(
    "have at -v=%i the inputs of every resource, a value and an adoptValue as any other secret, and no credential",
    async (level) => {
      const { log, secrets } = await up(`-v=${level}`, "--logtostderr", "--logflow");
      const control = placesOf(log, secrets.control);
      expect(control).toContainEqual(expect.stringMatching(/^step_generator\.go:/));
      for (const secret of [secrets.value, secrets.adoptValue]) {
        expect(placesOf(log, secret).length).toBeGreaterThan(0);
        expect(control).toEqual(expect.arrayContaining(placesOf(log, secret)));
      }
      expect(secretsIn(log, [secrets.credential])).toEqual([]);
    },
  );

  it("have in a file of --tracing all that it sends and receives, and no credential", async () => {
    const file = path.join(stack.dir, "trace");
    const { secrets } = await up("--tracing", `file:${file}`);
    const { value, adoptValue, control } = secrets;
    const found = secretsIn(readFileSync(file, "latin1"), Object.values(secrets));
    expect([...found].sort()).toEqual([value, adoptValue, control].sort());
  });
});
