import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { preloading } from "../support/engine/environment";
import { filesBelow } from "../support/engine/leftTraces";
import { TestStack } from "../support/engine/stack";
import { connectionsOf } from "../support/engine/vendors";
import { secretsIn } from "../support/secrets";
import { type OpenBao, startOpenBao } from "../support/stores/openBao";

/** The redactor is off in all processes of these runs: each place has to be clean by itself. */
const withoutRedactor = { NODE_OPTIONS: preloading("withoutRedactor.js") };

describe("a key whose value only Vault and a file hold,", () => {
  let sandbox: Sandbox;
  let bao: OpenBao;
  let stack: TestStack;
  let printed = "";

  const program = (version: number, more = "") => `
    const { xentree } = require("pulumi-apikeys");
    const key = new xentree.ApiKey("ci", {
      permissions: ["chat:read"],
      valueInState: false,
      deliver: [
        { store: "vault", path: "kv/ci/xentree", field: "token", previous: "token_previous" },
        { store: "file", path: "secrets/.env", field: "XENTREE_API_KEY" },
      ],
      rotation: { overlap: "7d", triggers: { version: ${version} } },
      ${more}
    });
    exports.fingerprint = key.fingerprint;
    exports.delivered = key.delivered;`;
  const run = async (name: string, ...args: string[]) => {
    const logged = ["-v=9", "--logtostderr", `--tracing=file:${path.join(stack.dir, `${name}.trace`)}`];
    const events =
      args[0] === "refresh" || args[0] === "up" || args[0] === "destroy"
        ? ["--event-log", path.join(stack.dir, `${name}.events.json`)]
        : [];
    const { output, exitCode } = await stack.pulumi([...args, ...events, ...logged], { allowFailure: true });
    printed += output;
    return { output, exitCode };
  };
  const keys = () => sandbox.keys("xentree");
  const live = () => keys().filter((key) => key.live);
  const versions = async () => (await bao.send("GET", "kv/metadata/ci/xentree")).body.data.current_version;
  const dotenv = () => readFileSync(path.join(stack.dir, "secrets", ".env"), "utf8");

  beforeAll(async () => {
    [sandbox, bao] = await Promise.all([startSandbox(), startOpenBao()]);
    stack = await TestStack.create({
      program: program(1),
      env: {
        ...connectionsOf(sandbox),
        VAULT_ADDR: bao.url,
        VAULT_TOKEN: bao.token,
        PULUMI_DEBUG_COMMANDS: "true",
      },
    });
    const temporary = path.join(stack.dir, "temporary");
    mkdirSync(temporary);
    stack.setEnv({ ...withoutRedactor, TMPDIR: temporary });
  });
  afterAll(async () => {
    await stack.remove();
    await Promise.all([sandbox.close(), bao.stop()]);
  });

  it("is there with the value that the vendor showed once", async () => {
    expect((await run("create", "up", "--yes")).exitCode).toBe(0);
    const [key] = live();
    expect(await bao.read("ci/xentree")).toEqual({ token: key?.value });
    expect(dotenv()).toBe(`XENTREE_API_KEY=${key?.value}\n`);
    expect(await versions()).toBe(1);
  });

  it("asks the store for nothing in an unchanged program", async () => {
    const before = await bao.send("GET", "kv/metadata/ci/xentree");
    expect((await run("same", "up", "--yes", "--expect-no-changes")).exitCode).toBe(0);
    expect((await bao.send("GET", "kv/metadata/ci/xentree")).body).toEqual({
      ...before.body,
      request_id: expect.any(String),
    });
  });

  it("is rotated with the previous value beside the new one", async () => {
    const [old] = live();
    stack.setProgram(program(2));
    expect((await run("rotate", "up", "--yes")).exitCode).toBe(0);
    const key = live().find(({ id }) => id !== old?.id);
    expect(await bao.read("ci/xentree")).toEqual({ token: key?.value, token_previous: old?.value });
    expect(dotenv()).toBe(`XENTREE_API_KEY=${key?.value}\n`);
    expect(await versions()).toBe(2);
    expect((await run("same-again", "up", "--yes", "--expect-no-changes")).exitCode).toBe(0);
  });

  it("is missed by a refresh when somebody takes it away, and renewed by the next up", async () => {
    await bao.send("DELETE", "kv/data/ci/xentree");
    expect((await run("refresh", "refresh", "--yes")).output).toMatch(
      /Vault secret kv\/ci\/xentree no longer holds the key/,
    );
    const { output, exitCode } = await run("repair", "up", "--yes");
    expect([exitCode, output]).toEqual([
      0,
      expect.stringContaining("another key is made, because the state keeps no value"),
    ]);
    expect((await bao.read("ci/xentree"))?.token).toBe(live().at(-1)?.value);
  });

  it("costs no key where the token is wrong", async () => {
    const before = keys().length;
    stack.setEnv({ VAULT_TOKEN: "a-wrong-token" });
    stack.setProgram(program(3));
    const { output, exitCode } = await run("wrong-token", "up", "--yes");
    stack.setEnv({ VAULT_TOKEN: bao.token });
    expect([exitCode === 0, keys().length]).toEqual([false, before]);
    expect(output).toMatch(/Vault did not look at .*HTTP 403/);
  });

  it("is gone from the stores when it is destroyed", async () => {
    expect((await run("destroy", "destroy", "--yes")).exitCode).toBe(0);
    expect([live(), await bao.read("ci/xentree")]).toEqual([[], undefined]);
    expect(filesBelow(path.join(stack.dir, "secrets"))).toEqual([]);
  });

  it("was never in state, event log, output, log or trace, and neither was the store's token", () => {
    const secrets = [...keys().map(({ value }) => value), bao.token];
    expect(keys().length).toBeGreaterThan(2);
    expect(secretsIn(printed, secrets)).toEqual([]);
    const files = filesBelow(stack.dir).filter(({ file }) => !file.includes("node_modules"));
    expect(files.some(({ file }) => file.endsWith(".trace"))).toBe(true);
    expect(files.filter(({ text }) => secretsIn(text, secrets).length > 0).map(({ file }) => file)).toEqual(
      [],
    );
  });
});
