import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { version } from "../../package.json";
import { Child } from "../support/process/child";

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-home-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const folder = () => path.join(home, "plugins", `resource-apikeys-v${version}`);
const launcher = () => path.join(folder(), "pulumi-resource-apikeys");
const bundle = () => path.join(folder(), "pulumi-resource-apikeys.cjs");
const text = (file: string) => readFileSync(file, "utf8");

async function plugin(args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = new Child("dist/cli/main.js", ["plugin", ...args], {
    ...process.env,
    PULUMI_HOME: home,
    ...env,
  });
  const exitCode = await child.exit;
  return { exitCode, stdout: child.stdout, stderr: child.stderr };
}
const says = (sentence: string) => ({ exitCode: 0, stdout: `${sentence}\n`, stderr: "" });
const installed = () => says(`Version ${version} of the plugin is installed in ${folder()}.`);
const already = () => says(`Version ${version} of the plugin is already installed in ${folder()}.`);

describe("pulumi-apikeys plugin", () => {
  it("installs the plugin where the engine looks, and removes it, and says when there is nothing to do", async () => {
    expect(await plugin(["install"])).toEqual(installed());
    expect(readdirSync(folder()).sort()).toEqual(["pulumi-resource-apikeys", "pulumi-resource-apikeys.cjs"]);
    expect(statSync(launcher()).mode & 0o777).toBe(0o755);
    const before = [launcher(), bundle()].map((file) => statSync(file).ino);
    expect(await plugin(["install"])).toEqual(already());
    expect([launcher(), bundle()].map((file) => statSync(file).ino)).toEqual(before);
    expect(await plugin(["remove"])).toEqual(
      says(`Version ${version} of the plugin is removed from ${folder()}.`),
    );
    expect(readdirSync(path.join(home, "plugins"))).toEqual([]);
    expect(await plugin(["remove"])).toEqual(says(`Version ${version} of the plugin is not in ${folder()}.`));
  });

  it("installs one whole plugin when several run at once", async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => plugin(["install"])));
    expect(results.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(Array(4).fill([0, ""]));
    expect(readdirSync(folder()).sort()).toEqual(["pulumi-resource-apikeys", "pulumi-resource-apikeys.cjs"]);
    expect(await plugin(["install"])).toEqual(already());
  });

  it("mends files that are not whole, and a launcher whose Node.js is gone", async () => {
    await plugin(["install"]);
    const [whole, starts] = [text(bundle()), text(launcher())];
    writeFileSync(bundle(), whole.slice(0, 1_000));
    writeFileSync(launcher(), starts.replace(/^node=.*$/m, "node='/no/such/node'"));
    expect(await plugin(["install"])).toEqual(installed());
    expect([text(bundle()), text(launcher())]).toEqual([whole, starts]);
  });

  it("mends a launcher that cannot be started, and an executable that the engine has not put there as a whole", async () => {
    await plugin(["install"]);
    chmodSync(launcher(), 0o644);
    expect(await plugin(["install"])).toEqual(installed());
    expect(statSync(launcher()).mode & 0o777).toBe(0o755);
    const starts = text(launcher());
    writeFileSync(launcher(), Buffer.alloc(1_100_000));
    writeFileSync(`${folder()}.partial`, "");
    expect(await plugin(["install"])).toEqual(installed());
    expect(text(launcher())).toBe(starts);
    expect(readdirSync(path.join(home, "plugins"))).toEqual([path.basename(folder())]);
  });

  it("leaves a launcher with another Node.js that is there, and an executable that the engine has put there", async () => {
    await plugin(["install"]);
    const other = text(launcher()).replace(/^node=.*$/m, "node='/bin/sh'");
    writeFileSync(launcher(), other);
    expect(await plugin(["install"])).toEqual(already());
    expect(text(launcher())).toBe(other);
    rmSync(bundle());
    writeFileSync(launcher(), Buffer.alloc(1_100_000));
    expect(await plugin(["install"])).toEqual(already());
    expect(readdirSync(folder())).toEqual(["pulumi-resource-apikeys"]);
  });

  it("leaves other versions alone", async () => {
    const others = ["resource-apikeys-v0.0.1", "resource-apikeys-v99.0.0"];
    for (const name of others) mkdirSync(path.join(home, "plugins", name), { recursive: true });
    await plugin(["install"]);
    await plugin(["remove"]);
    expect(readdirSync(path.join(home, "plugins")).sort()).toEqual(others);
  });

  it("says in a sentence which folder cannot be written, and what to do", async () => {
    const file = path.join(home, "file");
    writeFileSync(file, "");
    const { exitCode, stderr } = await plugin(["install"], { PULUMI_HOME: file });
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^The plugin of pulumi-apikeys cannot be installed: ENOTDIR: [^\n]*file.*\. Make that folder writable, or set PULUMI_HOME to one that is\.\n$/,
      ),
    ]);
  });

  it.each([
    [[], "The action is missing: install or remove."],
    [["instal"], 'There is no action "instal": it is install or remove.'],
    [["install", "now"], "Unexpected argument 'now'."],
    [["install", "--force"], "Unknown option '--force'."],
  ])("%j does nothing and says why", async (args, sentence) => {
    expect(await plugin(args)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `${sentence} Try: pulumi-apikeys plugin --help\n`,
    });
    expect(readdirSync(home)).toEqual([]);
  });
});
