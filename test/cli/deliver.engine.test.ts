import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { preloading } from "../support/engine/environment";
import { TestStack } from "../support/engine/stack";
import { connectionsOf, liveKeys } from "../support/engine/vendors";
import { Child } from "../support/process/child";
import { secretsIn } from "../support/secrets";
import { type OpenBao, startOpenBao } from "../support/stores/openBao";

/** The program stands in a folder of its own, from which the paths of deliveries start. */
const program = (more: string) => `
  const { xentree } = require("pulumi-apikeys");
  const vault = (path) => ({ store: "vault", path, field: "token" });
  const file = (field) => ({ store: "file", path: "secrets/.env", field });
  const key = (name, more) => new xentree.ApiKey(name, { permissions: ["chat:read"], ...more });
  key("ci", { deliver: [vault("kv/ci")${more}] });
  key("stateless", { valueInState: false, deliver: [vault("kv/stateless"), file("STATELESS")] });`;

describe("pulumi-apikeys deliver", () => {
  let sandbox: Sandbox;
  let bao: OpenBao;
  let stack: TestStack;
  const secrets = () => path.join(stack.dir, "src", "secrets");
  const dotenv = () => readFileSync(path.join(secrets(), ".env"), "utf8");
  const held = (name: string) =>
    sandbox.keys("xentree").find((key) => key.name.startsWith(`${name}-`))?.value;
  const versionOf = async (secret: string) =>
    (await bao.send("GET", `kv/metadata/${secret}`)).body.data.current_version;
  const deliver = (...args: string[]) => deliverWith({}, ...args);
  const deliverWith = async (env: NodeJS.ProcessEnv, ...args: string[]) => {
    const child = new Child("dist/cli/main.js", ["deliver", ...args], { ...stack.env, ...env }, stack.dir);
    const exitCode = await child.exit;
    const { stdout, stderr } = child;
    const values = sandbox.keys("xentree").map((key) => key.value);
    expect(secretsIn(stdout + stderr, [...values, bao.token])).toEqual([]);
    return { exitCode, stdout: stdout.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | ")), stderr };
  };

  beforeAll(async () => {
    [sandbox, bao] = await Promise.all([startSandbox(), startOpenBao()]);
    stack = await TestStack.create({
      program: (dir) => {
        mkdirSync(path.join(dir, "src"));
        writeFileSync(
          path.join(dir, "Pulumi.yaml"),
          "name: project\nmain: src/\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
        );
        writeFileSync(path.join(dir, "src", "index.js"), program(""));
      },
      env: connectionsOf(sandbox),
    });
    const settings = { "apikeys:stores.vault.address": bao.url, "apikeys:stores.vault.token": bao.token };
    await stack.setConfig(settings, "secret");
    await stack.up("--skip-preview");
    stack.setEnv({ NODE_OPTIONS: preloading("withoutRedactor.js") });
  });
  afterAll(async () => {
    await stack.remove();
    await Promise.all([sandbox.close(), bao.stop()]);
  });

  it("repeats what failed or was lost, from the state or from another store, and neither a key nor a version is made", async () => {
    // Where a folder would have to be made stands a file, and Vault does not know the token.
    writeFileSync(path.join(stack.dir, "src", "blocked"), "");
    const more = `, vault("kv/second"), { store: "file", path: "blocked/.env", field: "CI" }`;
    writeFileSync(path.join(stack.dir, "src", "index.js"), program(more));
    stack.setEnv({ VAULT_TOKEN: "a-wrong-token" });
    const { exitCode } = await stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
    expect(exitCode).not.toBe(0);
    stack.setEnv({ VAULT_TOKEN: "" });
    await bao.send("DELETE", "kv/data/stateless");
    await stack.refresh("--skip-preview");
    const kept = dotenv();
    writeFileSync(path.join(secrets(), ".env"), "STATELESS=a-stranger\n");

    const [dry, unanswered, failed] = await Promise.all([
      deliver("--dry-run"),
      deliver(),
      deliverWith({ VAULT_TOKEN: "a-wrong-token" }, "--yes", "--stack", "dev"),
    ]);
    expect([dry.exitCode, dry.stdout]).toEqual([
      1,
      [
        "KEY | PLACE | OWED",
        "ci | Vault secret kv/second | the key",
        "ci | File blocked/.env | the key",
        "stateless | Vault secret kv/stateless | cannot be delivered",
        "",
      ],
    ]);
    expect(dry.stderr).toMatch(
      /cannot be read back: .*; File secrets\/\.env holds another text\. Run `pulumi up`/,
    );
    expect(unanswered.exitCode).toBe(2);
    expect(unanswered.stderr).toMatch(/^There is no terminal to ask on; add --yes/);
    expect([failed.exitCode, failed.stdout[1], failed.stdout[2]]).toEqual([
      1,
      "ci | Vault secret kv/second | failed",
      "ci | File blocked/.env | failed",
    ]);
    expect(failed.stderr).toMatch(
      /^Vault did not .*HTTP 403.*\nFile blocked\/\.env cannot be read \(ENOTDIR\).*\n/,
    );
    expect([await bao.read("second"), await bao.read("stateless")]).toEqual([undefined, undefined]);

    rmSync(path.join(stack.dir, "src", "blocked"));
    writeFileSync(path.join(secrets(), ".env"), kept);
    expect(await deliver("--yes")).toEqual({
      exitCode: 0,
      stdout: [
        "KEY | PLACE | RESULT",
        "ci | Vault secret kv/second | delivered",
        "ci | File blocked/.env | delivered",
        "stateless | Vault secret kv/stateless | delivered",
        "The state was not changed: the next `pulumi up` finds the values in their places, and records it.",
        expect.stringMatching(/^First run `pulumi refresh`: the value of stateless is not in the state, /),
        "",
      ],
      stderr: "",
    });
    expect(await bao.read("second")).toEqual({ token: held("ci") });
    expect(await bao.read("stateless")).toEqual({ token: held("stateless") });
    const version = await versionOf("stateless");

    await stack.up("--refresh", "--skip-preview");
    expect(liveKeys(sandbox, "xentree")).toHaveLength(2);
    expect([await versionOf("second"), await versionOf("stateless")]).toEqual([1, version]);
    const { stdout } = await deliver("--yes");
    expect(stdout[0]).toMatch(/^By the stack's state, no store is owed a key\./);
  });
});
