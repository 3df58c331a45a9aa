import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Child } from "../support/process/child";
import { NOW, useSandbox } from "../support/vendor/sandbox";

const { sandbox } = useSandbox({ now: () => NOW });

const project = "apikeys-quickstart";
const root = `urn:pulumi:dev::${project}::pulumi:pulumi:Stack::${project}-dev`;
const type = "pulumi-nodejs:dynamic/apikeys:ApiKey";
const urn = `urn:pulumi:dev::${project}::${type}::ci`;
const key = { service: "xentree", connection: "xentree", name: "ci-0a1b2c3", autonamed: true };
const rootResource = { urn: root, type: "pulumi:pulumi:Stack" };

/**
 * The user's pulumi, as far as `recover` needs it: it prints the state, writes down what it was asked, fails where
 * there is a file `held`, and after the first refresh has the state of `later`, where there is one.
 */
const pulumi = `#!/bin/sh
cd "$(dirname "$0")"
echo "$*" >> asked
case "$1 $2" in
"stack export") cat state ;;
"stack --show-name") echo dev ;;
"config --json") echo '{}' ;;
refresh*) if [ -f held ]; then echo "error: the stack is currently locked"; exit 255; fi
  if [ -f later ]; then mv later state; fi ;;
esac
`;

describe("pulumi-apikeys recover", () => {
  let bin = "";
  const notes = () => path.join(bin, "apikeys", "creating");
  const write = (name: string, deployment: object) =>
    writeFileSync(path.join(bin, name), JSON.stringify({ deployment }));
  const asked = () => readFileSync(path.join(bin, "asked"), "utf8").trim().split("\n");
  const cleared = () => asked().some((command) => command.includes("--clear-pending-creates"));
  const live = () =>
    sandbox()
      .keys("xentree")
      .flatMap(({ id, live }) => (live ? [id] : []));
  const revocations = () => sandbox().journal.count({ method: "DELETE" });

  beforeEach(() => {
    bin = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-bin-"));
    writeFileSync(path.join(bin, "pulumi"), pulumi, { mode: 0o755 });
    const creating = { type: "creating", resource: { urn, type, inputs: key } };
    write("state", { resources: [rootResource], pending_operations: [creating] });
    mkdirSync(notes(), { recursive: true });
    const note = { stack: root, pid: 1, inputs: { ...key, origin: sandbox().url } };
    writeFileSync(path.join(notes(), "note.json"), JSON.stringify(note));
  });
  afterEach(() => rmSync(bin, { recursive: true }));

  const recover = async (...options: string[]) => {
    const child = new Child("dist/cli/main.js", ["recover", "--yes", ...options], {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH}`,
      PULUMI_HOME: bin,
      APIKEYS_XENTREE_BASE_URL: sandbox().url,
      APIKEYS_XENTREE_TOKEN: sandbox().credentials.xentree.token,
      APIKEYS_XENTREE_LIST_LAG_SECONDS: "0",
      APIKEYS_ACME_BASE_URL: `${sandbox().url}/api/admin`,
      APIKEYS_ACME_TOKEN: sandbox().credentials.xentree.token,
      APIKEYS_ACME_LIST_LAG_SECONDS: "0",
    });
    return { exitCode: await child.exit, output: child.stdout + child.stderr };
  };
  const leave = () => sandbox().createOutOfBand("xentree", { name: key.name }).id;

  it("revokes what it finds, then has the engine forget the create, then strikes out the note", async () => {
    const id = leave();
    const { exitCode, output } = await recover();
    expect(output).toContain(`${id} is revoked.\n1 interrupted operation is cleared.`);
    expect(exitCode).toBe(0);
    expect(live()).toEqual([]);
    expect(asked().filter((command) => command.startsWith("refresh"))).toEqual([
      `refresh --yes --skip-preview --non-interactive --target ${root}`,
      `refresh --yes --skip-preview --non-interactive --target ${root} --clear-pending-creates`,
    ]);
    expect(readdirSync(notes())).toEqual([]);
  });

  it("clears nothing when the key could not be revoked, so that the next run finds it", async () => {
    const id = leave();
    sandbox().inject({ method: "DELETE", action: { kind: "respond", status: 403 } });
    const { exitCode, output } = await recover();
    expect(exitCode).toBe(1);
    expect(output).toContain(`Revoke ${id} at the vendor yourself, or run this again.`);
    expect(cleared()).toBe(false);
    expect(readdirSync(notes())).toEqual(["note.json"]);
  });

  it("revokes nothing while the stack is held", async () => {
    leave();
    writeFileSync(path.join(bin, "held"), "");
    const { exitCode, output } = await recover();
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /error: the stack is currently locked\n`pulumi refresh` failed; .* run `pulumi cancel`\. Then run this again\.\n$/,
    );
    expect(revocations()).toBe(0);
    expect(readdirSync(notes())).toEqual(["note.json"]);
  });

  it.each(["keyId", "previousKeyId"])(
    "does not revoke a key that has come into the state meanwhile, as its %s",
    async (name) => {
      const id = leave();
      write("later", { resources: [rootResource, { urn, type, outputs: { [name]: id } }] });
      const { exitCode } = await recover();
      expect(exitCode).toBe(0);
      expect(live()).toEqual([id]);
      expect(revocations()).toBe(0);
    },
  );

  it("runs no command that changes the state when only a note records the create", async () => {
    write("state", { resources: [rootResource] });
    const id = leave();
    expect((await recover()).output).toContain(`${id} is revoked.`);
    expect(cleared()).toBe(false);
    expect(readdirSync(notes())).toEqual([]);
  });

  it("does not pass the engine a resource that the state does not hold: the engine would fail", async () => {
    const creating = { type: "creating", resource: { urn, type, inputs: key } };
    write("state", { pending_operations: [creating] });
    expect((await recover()).exitCode).toBe(0);
    expect(asked().filter((command) => command.includes("--target"))).toEqual([]);
    expect(cleared()).toBe(true);
  });

  it("looks again at keys that were being revoked, and at nothing else", async () => {
    const deleting = { type: "deleting", resource: { urn, type } };
    const other = { urn: `${urn}2`, type };
    write("state", { resources: [rootResource, { urn, type }, other], pending_operations: [deleting] });
    rmSync(notes(), { recursive: true });
    const { output } = await recover();
    expect(output).toContain("ci: was deleting; it is read again.");
    expect(asked()).toContain(
      `refresh --yes --skip-preview --non-interactive --target ${root} --target ${urn}`,
    );
  });

  it("asks once about creates of keys without names at one place, and only a person can answer", async () => {
    const path = "/api-keys";
    const definition = { name: "acme", path, fields: { name: null, value: "key_value" } };
    const inputs = { service: "acme", definition, connection: "acme", rotatedAt: "2026-06-01T12:00:00Z" };
    const creating = (number: number) => ({
      type: "creating",
      resource: { urn: `${urn}${number}`, type, inputs },
    });
    write("state", { resources: [rootResource], pending_operations: [1, 2, 3].map(creating) });
    rmSync(notes(), { recursive: true });
    const { exitCode, output } = await recover();
    expect(exitCode).not.toBe(0);
    expect(output.match(/Look at the vendor for a key that nobody uses/g)).toHaveLength(1);
    expect(output).toContain("run this at a terminal, without --yes, once you have looked.");
    expect(cleared()).toBe(false);
  });

  it("passes the named stack to every command", async () => {
    await recover("--stack", "dev");
    expect(asked().length).toBeGreaterThan(4);
    expect(asked().filter((command) => !/ --stack dev\b/.test(command))).toEqual([]);
  });

  it.each([
    ["the stack's state", [rootResource], ["stack export"]],
    [
      "the state and the stack's name, which an empty state does not tell,",
      [],
      ["stack export", "stack --show-name"],
    ],
  ])("asks Pulumi only for %s when there is nothing to recover", async (_what, resources, commands) => {
    write("state", { resources });
    rmSync(notes(), { recursive: true });
    expect((await recover()).output).toMatch(/Nothing to recover\.\n$/);
    expect(asked()).toEqual(commands);
    expect(existsSync(notes())).toBe(false);
  });
});
