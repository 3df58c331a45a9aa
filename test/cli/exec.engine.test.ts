import { execFile } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { fingerprint } from "../../provider/base/fingerprint";
import { type Sandbox, startSandbox } from "../../sandbox";
import { preloading, repository } from "../support/engine/environment";
import { watchProcesses } from "../support/engine/leftTraces";
import { TestStack } from "../support/engine/stack";
import { connectionsOf } from "../support/engine/vendors";
import { Child } from "../support/process/child";
import { FakePulumi } from "../support/process/fakePulumi";
import { secretsIn } from "../support/secrets";
import { type OpenBao, startOpenBao } from "../support/stores/openBao";

const program = `
  const pulumi = require("@pulumi/pulumi");
  const { xentree } = require("pulumi-apikeys");
  const key = (name, more = {}, options) => new xentree.ApiKey(name, { permissions: ["chat:read"], ...more }, options);
  key("ci", { expiresIn: "90d" });
  key("stateless", { valueInState: false, deliver: [{ store: "vault", path: "kv/stateless", field: "token" }] });
  key("blind", { valueInState: false, deliver: [{ store: "command", command: ["sh", "-c", "cat > /dev/null"] }] });
  key("twin");
  key("twin", {}, { parent: new pulumi.ComponentResource("test:index:Group", "group") });`;

/** What the child prints of its environment: no value. */
const tells = `
  const { createHash } = require("node:crypto");
  const { KEY, ID, UNTIL, ...rest } = process.env;
  const print = createHash("sha256").update(KEY ?? "").digest("hex").slice(0, 16);
  const other = Object.keys(rest).filter((name) => /^(APIKEYS_|PULUMI_CONFIG_PASSPHRASE)/.test(name)).length > 0;
  console.log(JSON.stringify({ print, ID, UNTIL, other, vault: rest.VAULT_TOKEN !== undefined }));
  setTimeout(() => {}, 200);`;

describe("pulumi-apikeys exec", () => {
  let sandbox: Sandbox;
  let bao: OpenBao;
  let stack: TestStack;
  const marker = "APIKEYS_TEST_RUN=exec";
  const start = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    new Child("dist/cli/main.js", ["exec", ...args], { ...stack.env, ...env }, stack.dir);
  const exec = async (args: string[], env?: NodeJS.ProcessEnv) => {
    const child = start(args, env);
    const exitCode = await child.exit;
    return { exitCode, stdout: child.stdout, stderr: child.stderr };
  };
  const told = async (args: string[], env?: NodeJS.ProcessEnv) => {
    const { stdout, stderr } = await exec([...args, "--", "node", "-e", tells], env);
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  };
  const keyOf = (name: string) => {
    const key = sandbox.keys("xentree").find((one) => one.name.startsWith(`${name}-`));
    if (!key) throw new Error(`There is no key ${name}.`);
    return key;
  };

  beforeAll(async () => {
    [sandbox, bao] = await Promise.all([startSandbox(), startOpenBao()]);
    stack = await TestStack.create({
      program,
      env: { ...connectionsOf(sandbox), VAULT_ADDR: bao.url, VAULT_TOKEN: bao.token },
    });
    await stack.up("--skip-preview");
    // Each place has to be clean by itself.
    stack.setEnv({ NODE_OPTIONS: preloading("withoutRedactor.js") });
  });
  afterAll(async () => {
    await stack.remove();
    await Promise.all([sandbox.close(), bao.stop()]);
  });

  it("gives a key to one process, and to no argument, no output and no other process", async () => {
    const [, value] = marker.split("=");
    const watched = watchProcesses(marker);
    const { exitCode, stdout, stderr } = await exec(
      [
        ...["--stack", "dev", "--env", "KEY=ci", "--env", "ID=ci:keyId", "--env", "UNTIL=ci:expiresAt"],
        ...["--pass-environment", "--", "node", "-e", tells],
      ],
      { APIKEYS_TEST_RUN: value },
    );
    const seen = watched();
    const ci = keyOf("ci");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      print: fingerprint(ci.value),
      ID: ci.id,
      UNTIL: expect.stringMatching(/^2\d{3}-/),
      other: true,
      vault: true,
    });
    const values = sandbox.keys("xentree").map((key) => key.value);
    expect(secretsIn(stdout + stderr + seen.map(({ command }) => command).join("\n"), values)).toEqual([]);
    const holders = seen.filter(({ variables }) => secretsIn(variables.join("\n"), values).length > 0);
    expect([...new Set(holders.map(({ command }) => command))]).toEqual([`node -e ${tells}`]);
  });

  it("keeps the credentials of Pulumi and of the vendors from it, and leaves it all else", async () => {
    const urn = (await stack.resource("ci")).urn;
    expect(await told(["--env", `KEY=${urn}:value`])).toMatchObject({
      print: fingerprint(keyOf("ci").value),
      other: false,
      vault: true,
    });
  });

  it("reads what the state does not hold from the store, and only what was delivered there", async () => {
    const { value } = keyOf("stateless");
    expect(await told(["--env", "KEY=stateless"])).toMatchObject({ print: fingerprint(value) });
    await bao.send("POST", "kv/data/stateless", { data: { token: "a-stranger" } });
    const changed = await exec(["--env", "KEY=stateless", "--", "true"]);
    expect(changed).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        'The value of the API key "stateless" is not in the stack\'s state, and cannot be read back: Vault secret kv/stateless holds another text.\n',
    });
  });

  it("ends with the exit code of the command, and as a shell does where there is none or a signal ends it", async () => {
    const plain = path.join(stack.dir, "plain.txt");
    writeFileSync(plain, "");
    chmodSync(plain, 0o644);
    const ends = async (...command: string[]) => {
      const { exitCode, stderr } = await exec(["--env", "KEY=ci", "--", ...command]);
      return [exitCode, stderr];
    };
    expect(
      await Promise.all([
        ends("sh", "-c", "exit 7"),
        ends("sh", "-c", "kill -KILL $$"),
        ends("no-such-program", "--help"),
        ends(plain),
      ]),
    ).toEqual([
      [7, ""],
      [137, ""],
      [127, 'There is no program "no-such-program" on PATH.\n'],
      [126, `The program ${JSON.stringify(plain)} cannot be run (EACCES).\n`],
    ]);
  });

  it("passes signals on", async () => {
    await Promise.all(
      (["SIGTERM", "SIGINT", "SIGHUP"] as const).map(async (signal) => {
        const waits = `process.on("${signal}", () => process.exit(9)); console.log("ready"); setInterval(() => {}, 1000);`;
        const child = start(["--env", "KEY=ci", "--", "node", "-e", waits]);
        await child.says("ready");
        child.kill(signal);
        expect(await child.exit).toBe(9);
      }),
    );
  });

  it("has the runner of a job mask the secrets before the command starts, and nothing else", async () => {
    const args = ["--env", "KEY=ci", "--env", "ID=ci:keyId", "--", "echo", "done"];
    const { value } = keyOf("ci");
    const [github, azure, gitlab] = await Promise.all([
      exec(args, { GITHUB_ACTIONS: "true" }),
      exec(args, { TF_BUILD: "True" }),
      exec(args, { GITLAB_CI: "true" }),
    ]);
    expect(github).toEqual({ exitCode: 0, stdout: `::add-mask::${value}\ndone\n`, stderr: "" });
    expect(azure).toEqual({ exitCode: 0, stdout: `##vso[task.setsecret]${value}\ndone\n`, stderr: "" });
    expect(gitlab).toEqual({ exitCode: 0, stdout: "done\n", stderr: "" });
  });

  it("masks each line of a value, and writes no mask into a file to which its output goes", async () => {
    const pulumi = new FakePulumi();
    const outputs = {
      ...{ service: "xentree", connection: "xentree", keyId: "1", origin: "https://x.example", name: "ci" },
      value: {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        plaintext: JSON.stringify("first%0A\r\nsecond\n"),
      },
    };
    const urn = "urn:pulumi:dev::p::pulumi-nodejs:dynamic/apikeys:ApiKey::a:b";
    const resources = [{ urn, type: "pulumi-nodejs:dynamic/apikeys:ApiKey", outputs }];
    pulumi.has({ state: { deployment: { resources } } });
    const env = { GITHUB_ACTIONS: "true", TF_BUILD: "true" };
    const { stdout } = await pulumi.run(["exec", "--env", "KEY=a:b:value", "--", "true"], env);
    expect(stdout.trimEnd().split("\n")).toEqual([
      "::add-mask::first%250A",
      "##vso[task.setsecret]first%AZP250A",
      "##vso[task.setsecret]first%0A",
      "::add-mask::second",
      "##vso[task.setsecret]second",
    ]);
    const file = path.join(pulumi.folder, "out.txt");
    const main = path.join(repository, "dist", "cli", "main.js");
    const { stderr } = await promisify(execFile)(
      "sh",
      ["-c", `"${process.execPath}" "${main}" exec --env KEY=a:b -- echo done > "${file}"`],
      { env: { ...process.env, GITHUB_ACTIONS: "true", PATH: `${pulumi.folder}:${process.env.PATH}` } },
    );
    expect([readFileSync(file, "utf8"), stderr]).toEqual([
      "done\n",
      "::add-mask::first%250A\n::add-mask::second\n",
    ]);
    pulumi.remove();
  });

  it("starts nothing where it cannot give what was asked, and says why in a sentence", async () => {
    const cases: [number, RegExp, ...string[]][] = [
      [1, /^The stack has no API key "cj": it has .*; did you mean "ci"\?\.\n$/, "--env", "KEY=cj"],
      [
        1,
        /^Several API keys are called "twin": name one by its URN, urn:.*twin and urn:/,
        "--env",
        "KEY=twin",
      ],
      [
        1,
        /^The API key "ci" has no expiresAd; did you mean "expiresAt"\?\. It has /,
        "--env",
        "KEY=ci:expiresAd",
      ],
      [1, /^The API key "ci" has no previousValue\. It has /, "--env", "KEY=ci:previousValue"],
      [1, /cannot be read back: Command sh .* does not show what it holds\.\n$/, "--env", "KEY=blind"],
      [2, /^--env is missing: .* Try: pulumi-apikeys exec --help\n$/],
      [2, /^--env has to be <NAME>=<key>/, "--env", "1A=ci"],
      [2, /^--env gives KEY twice\./, "--env", "KEY=ci", "--env", "KEY=twin"],
    ];
    await Promise.all(
      cases.map(async ([status, sentence, ...args]) => {
        const { exitCode, stdout, stderr } = await exec([...args, "--", "echo", "started"]);
        expect(stderr).toMatch(sentence);
        expect([exitCode, stdout]).toEqual([status, ""]);
      }),
    );
    const { exitCode, stderr } = await exec(["--env", "KEY=ci", "--"]);
    expect(stderr).toMatch(/^The command is missing: name it behind --/);
    expect(exitCode).toBe(2);
  });

  it("gives a key that works no more only where that is allowed, and leaves --help behind -- to the command", async () => {
    sandbox.deactivateOutOfBand("xentree", keyOf("ci").id);
    await stack.refresh("--skip-preview");
    expect(await exec(["--env", "KEY=ci", "--", "true"])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        'The API key "ci" was revoked, so its value opens nothing. Run `pulumi up` to renew it, or add --allow-inactive.\n',
    });
    expect(await exec(["--env", "KEY=ci", "--allow-inactive", "--", "printf", "%s", "--help"])).toEqual({
      exitCode: 0,
      stdout: "--help",
      stderr: "",
    });
  });
});
