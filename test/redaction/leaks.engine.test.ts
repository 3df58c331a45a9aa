import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Sandbox, type SandboxKey, startSandbox } from "../../sandbox";
import { preloading } from "../support/engine/environment";
import { interrupt, recover } from "../support/engine/interruption";
import { filesBelow, type ProcessTrace, watchProcesses } from "../support/engine/leftTraces";
import { TestStack } from "../support/engine/stack";
import { connectionsOf, requests, vendorCases } from "../support/engine/vendors";
import { secretsIn } from "../support/secrets";

/** The redactor is off in all processes of these runs: each place has to be clean by itself. */
const withoutRedactor = {
  NODE_OPTIONS: preloading("withoutRedactor.js"),
};
const onLinux = process.platform === "linux" ? it : it.skip;

describe("a key's value and the connection's credentials, with the redactor off,", () => {
  let sandbox: Sandbox;
  let stack: TestStack;
  let adopted: SandboxKey;
  let printed = "";
  let processes: ProcessTrace[] = [];
  const control = "secret-of-another-resource-";
  const values = () => vendorCases.flatMap(({ vendor }) => sandbox.keys(vendor).map((key) => key.value));
  const credentials = () => {
    const { xentree, applications, sendkit } = sandbox.credentials;
    // Every token that the login hands out begins as the static ones do.
    const [tokenHead = ""] = xentree.token.split(".");
    return [xentree.token, tokenHead, xentree.username, xentree.password, applications.token, sendkit.apiKey];
  };
  const found = (text: string, secrets = [...values(), ...credentials()]) => secretsIn(text, secrets);
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
    const rotation = { triggers: { t: "${trigger}" } };
    ${vendorCases
      .map(
        ({ vendor, parent, args }) =>
          `exports.${vendor} = new apikeys.${vendor}.ApiKey("${vendor}", { ${parent(sandbox)} ${args ? `${args},` : ""} rotation }).value;`,
      )
      .join("\n")}
    exports.people = new apikeys.xentree.ApiKey("people", { connection: "people", rotation }).value;
    exports.adopted = new apikeys.xentree.ApiKey("adopted", {
      adopt: "${adopted.id}", adoptValue: new pulumi.Config().requireSecret("adopted"),
    }).value;`;

  beforeAll(async () => {
    sandbox = await startSandbox();
    adopted = sandbox.createOutOfBand("xentree", { name: "theirs" });
    const { APIKEYS_SENDKIT_API_KEY: apiKey = "", ...env } = connectionsOf(sandbox);
    const { username, password } = sandbox.credentials.xentree;
    stack = await TestStack.create({
      program: program("1"),
      env: {
        ...env,
        APIKEYS_PEOPLE_BASE_URL: sandbox.url,
        APIKEYS_PEOPLE_USERNAME: username,
        APIKEYS_PEOPLE_PASSWORD: password,
        PULUMI_DEBUG_COMMANDS: "true",
      },
    });
    const temporary = path.join(stack.dir, "temporary");
    mkdirSync(temporary);
    await stack.setConfig({ "apikeys:connections.sendkit.apiKey": apiKey, adopted: adopted.value }, "secret");
    stack.setEnv({ ...withoutRedactor, TMPDIR: temporary });
    const events = (name: string) => ["--event-log", path.join(stack.dir, `${name}.events.json`)];

    sandbox.inject({ method: "POST", path: /api-key/, action: { kind: "resetAfterCommit" } });
    const stopWatching = process.platform === "linux" ? watchProcesses(`TMPDIR=${temporary}`) : () => [];
    printed += await run("up", "--yes", "--diff", ...events("create"));
    processes = stopWatching();
    stack.setProgram(program("2"));
    printed += await run("preview", "--json");
    // The logs of our libraries go to the same streams.
    stack.setEnv({ GRPC_TRACE: "all", GRPC_VERBOSITY: "DEBUG", NODE_DEBUG: "http,net,undici" });
    printed += await run("up", "--yes", "--diff", ...events("rotate"), "-v=6", "--logtostderr", "--logflow");
    stack.setEnv({ GRPC_TRACE: "", GRPC_VERBOSITY: "", NODE_DEBUG: "" });
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
    const outputs = await stack.outputs({ showSecrets: true });
    expect(Object.keys(outputs).sort()).toEqual(["adopted", "applications", "people", "sendkit", "xentree"]);
    for (const value of Object.values(outputs)) expect(found(String(value))).toEqual([value]);
    expect(printed).toContain("[secret]");
  });

  it("are in nothing that the CLI printed, logs up to -v=6 and traces of libraries included", () => {
    expect(found(printed)).toEqual([]);
    expect(printed).toMatch(/\| subchannel|\| channel/);
  });

  it("are in no file of the stack, its backend, its event logs or its history, nor among temporary files", () => {
    const files = filesBelow(stack.dir);
    for (const name of ["create", "rotate", "refresh"]) {
      expect(files.map(({ file }) => path.basename(file))).toContain(`${name}.events.json`);
    }
    expect(files.filter(({ text }) => found(text).length > 0).map(({ file }) => file)).toEqual([]);
  });

  onLinux("are in the arguments of no process, and in no variable but those that the user set", () => {
    for (const part of ["dynamic-provider", "run"]) {
      expect(processes.some(({ command }) => command.includes(`cmd/${part}`))).toBe(true);
    }
    expect(processes.filter(({ command }) => found(command).length > 0)).toEqual([]);
    const variablesWithSecrets = (part: string) => {
      const traces = processes.filter(({ command }) => command.includes(part));
      const leaking = traces.flatMap(({ variables }) => variables.filter((text) => found(text).length > 0));
      return [...new Set(leaking.map((variable) => variable.replace(/=.*/s, "")))].sort();
    };
    const set = [
      "APIKEYS_APPLICATIONS_TOKEN",
      "APIKEYS_PEOPLE_PASSWORD",
      "APIKEYS_PEOPLE_USERNAME",
      "APIKEYS_XENTREE_TOKEN",
    ];
    expect(variablesWithSecrets("cmd/dynamic-provider")).toEqual(set);
    // In PULUMI_CONFIG the engine passes every program its stack config, with secrets in the clear.
    expect(variablesWithSecrets("")).toEqual([...set, "PULUMI_CONFIG"]);
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

  onLinux("are in nothing that recover prints after a kill", async () => {
    stack.setProgram(`${program("3")}\nnew apikeys.xentree.ApiKey("late", { connection: "people" });`);
    sandbox.journal.clear();
    sandbox.inject({ method: "POST", path: /api-key/, action: { kind: "hangAfterCommit" } });
    const asked = () => requests(sandbox, "POST").some((request) => request.endsWith("/api-keys"));
    await interrupt({ sandbox, stack }, "SIGKILL to the CLI", "up", asked);
    await stack.pulumi(["cancel", "--yes"]);
    const recovered = await recover({ stack }, "--yes");
    expect(recovered).toContain("is revoked");
    expect(found(recovered)).toEqual([]);
  });

  it("are in the errors of a failing destroy neither", async () => {
    stack.setEnv({
      APIKEYS_XENTREE_TOKEN: "canary-token-of-nobody",
      APIKEYS_PEOPLE_PASSWORD: "canary-password",
    });
    const { exitCode, output } = await stack.pulumi(
      ["destroy", "--yes", "--skip-preview", "-v=6", "--logtostderr"],
      { allowFailure: true },
    );
    expect(exitCode).not.toBe(0);
    expect(output).toContain("HTTP 401");
    expect(found(output)).toEqual([]);
    expect(output).not.toContain("canary-token-of-nobody");
    expect(output).not.toContain("canary-password");
  });
});
