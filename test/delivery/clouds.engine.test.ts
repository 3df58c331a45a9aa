import { mkdirSync } from "node:fs";
import path from "node:path";
import { preloading } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import { filesBelow } from "../support/engine/leftTraces";
import { secretsIn } from "../support/secrets";
import { RunningStores } from "../support/stores/running";
import { awsSecretsManager, awsSsmParameter, gitea } from "../support/stores/running/servers";
import { azure, declared, google } from "../support/stores/running/standIns";

/** The redactor is off in all processes of these runs: each place has to be clean by itself. */
const withoutRedactor = { NODE_OPTIONS: preloading("withoutRedactor.js") };

const credentials = ["aws-secret", "google-token", "azure-token", "identity-header", "own-token"].map(
  (name) => `canary-${name}`,
);

const clouds = [awsSecretsManager, awsSsmParameter, google, azure];
const all = [...clouds, declared("acme"), gitea];
const here = all.filter(({ canRun }) => canRun);
const missing = all.filter(({ canRun }) => !canRun).map(({ name }) => name);
const names = here.map(({ name }) => name);

describe("a key whose value only clouds and declared stores hold,", () => {
  const at = useStack("suite");
  let stores: RunningStores;
  let printed = "";

  const keys = () => at.sandbox.keys("xentree");
  const values = () => keys().flatMap(({ live, value }) => (live ? [value] : []));
  const target = (name: string) => stores.at(name).target("xentree");
  const held = (name: string) => stores.held(target(name));
  const program = (version: number) => `
    const { xentree } = require("pulumi-apikeys");
    new xentree.ApiKey("ci", {
      permissions: ["chat:read"],
      valueInState: false,
      deliver: ${JSON.stringify(names.map(target))},
      rotation: { overlap: "7d", triggers: { version: ${version} } },
    });`;
  const run = async (name: string, ...args: string[]) => {
    const told = ["--event-log", path.join(at.stack.dir, `${name}.events.json`)];
    const logged = ["-v=9", "--logtostderr", `--tracing=file:${path.join(at.stack.dir, `${name}.trace`)}`];
    const { output, exitCode } = await at.stack.pulumi([...args, ...told, ...logged], { allowFailure: true });
    printed += output;
    return exitCode;
  };

  beforeAll(async () => {
    stores = await RunningStores.start(here);
    const temporary = path.join(at.stack.dir, "temporary");
    mkdirSync(temporary);
    await at.stack.setConfig(stores.config, "plaintext");
    at.stack.setEnv({ ...stores.environment, ...withoutRedactor, TMPDIR: temporary });
    at.stack.setEnv({ PULUMI_DEBUG_COMMANDS: "true" });
    at.stack.setProgram(program(1));
    expect(await run("create", "up", "--yes", "--skip-preview")).toBe(0);
  });
  afterAll(() => stores?.stop());

  it.each(names)("is at %s with the value that the vendor showed once", async (name) => {
    expect([await held(name)]).toEqual(values());
  });

  it("is left alone by an unchanged program", async () => {
    for (const { gate } of stores.all) gate.passed.length = 0;
    expect(await run("same", "up", "--yes", "--expect-no-changes")).toBe(0);
    expect(stores.all.flatMap(({ gate }) => gate.passed)).toEqual([]);
  });

  describe("rotated,", () => {
    beforeAll(async () => {
      at.stack.setProgram(program(2));
      expect(await run("rotate", "up", "--yes", "--skip-preview")).toBe(0);
    });

    it.each(names)("has its new value at %s", async (name) => {
      expect(await held(name)).toBe(values()[1]);
    });

    it.each(clouds.filter(({ canRun }) => canRun))(
      "has its value before in the version before at $name",
      async ({ name }) => {
        expect(await stores.at(name).heldBefore?.(target(name))).toBe(values()[0]);
      },
    );
  });

  describe("destroyed,", () => {
    beforeAll(async () => {
      expect(await run("destroy", "destroy", "--yes", "--skip-preview")).toBe(0);
    });

    it.each(names)("is gone from the vendor and from %s", async (name) => {
      expect([values(), await held(name)]).toEqual([[], undefined]);
    });
  });

  it("was never in state, event log, output, log or trace, and neither were the stores' credentials", () => {
    const secrets = [...keys().map(({ value }) => value), ...credentials];
    expect(keys()).toHaveLength(2);
    expect(secretsIn(printed, secrets)).toEqual([]);
    const files = filesBelow(at.stack.dir).filter(({ file }) => !file.includes("node_modules"));
    expect(files.some(({ file }) => file.endsWith(".trace"))).toBe(true);
    const leaky = files.filter(({ text }) => secretsIn(text, secrets).length > 0);
    expect(leaky.map(({ file }) => file)).toEqual([]);
  });

  if (missing.length > 0) it.skip.each(missing)("is at %s (no such store on this machine)", () => {});
});
