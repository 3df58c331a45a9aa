import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { Machine, until } from "../support/process/machine";

const BUILD = { PULUMI_APIKEYS_ENGINE: "build" };
const VERSION = "3.210.0";
const NO_STACK = /^\s+at /m;

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.remove());

describe("pulumi on PATH", () => {
  it.each([VERSION, "3.211.0-alpha.7", "4.0.0"])(
    "is used from %s on, and its folder alone is printed",
    async (version) => {
      machine.pulumi(version);
      expect(await machine.run()).toMatchObject({ exitCode: 0, stdout: `${machine.bin}\n` });
    },
  );

  it("may be a link of a package manager, whose other programs are beside the target", async () => {
    const cellar = path.join(machine.dir, "cellar");
    machine.pulumi(VERSION, cellar);
    symlinkSync(path.join(cellar, "pulumi"), path.join(machine.bin, "pulumi"));
    expect(await machine.run()).toMatchObject({ exitCode: 0, stdout: `${machine.bin}\n` });
  });

  it("is refused when it is too old", async () => {
    machine.pulumi("3.99.0");
    const { exitCode, stderr } = await machine.run({ PULUMI_APIKEYS_ENGINE: "path" });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("has Pulumi 3.99.0, older than 3.210.0");
  });

  it("is refused when it can't run Node.js programs", async () => {
    machine.script("pulumi", "echo v3.210.0");
    const { exitCode, stderr } = await machine.run({ PULUMI_APIKEYS_ENGINE: "path" });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("pulumi-language-nodejs, which");
  });

  it("is passed over for one that we can get", async () => {
    machine.pulumi("3.99.0");
    machine.go();
    machine.openGate();
    const { exitCode, stdout } = await machine.run();
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`${path.join(machine.cacheFolder(), VERSION, "bin")}\n`);
  });
});

describe("the build", () => {
  it("makes a whole installation, and the second run finds it in the cache", async () => {
    machine.go();
    machine.openGate();
    const first = await machine.run(BUILD);
    expect(first.exitCode).toBe(0);
    const programs = [
      "pulumi",
      "pulumi-analyzer-policy",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ];
    const bin = path.join(VERSION, "bin");
    expect(machine.cached()).toEqual([
      VERSION,
      bin,
      ...programs.map((name) => path.join(bin, name)),
      path.join(VERSION, "origin"),
    ]);
    expect((await machine.run(BUILD)).stdout).toBe(first.stdout);
    expect(machine.builds()).toHaveLength(2);
  });

  it("replaces a cached engine that doesn't answer", async () => {
    machine.go();
    machine.openGate();
    const { stdout } = await machine.run(BUILD);
    writeFileSync(path.join(stdout.trim(), "pulumi"), "half a downl");
    expect(await machine.run(BUILD)).toMatchObject({ exitCode: 0, stdout });
    expect(machine.builds()).toHaveLength(4);
    expect(machine.cached().filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("is waited for by a second process instead of done twice", async () => {
    machine.go();
    const first = machine.start(BUILD);
    await until(() => machine.builds().length === 1);
    const second = machine.start(BUILD);
    await until(() => second.stderr().includes(`waiting for process ${first.child.pid}`));
    machine.openGate();
    const [one, other] = await Promise.all([first.ended, second.ended]);
    expect(one.exitCode).toBe(0);
    expect(other).toMatchObject({ exitCode: 0, stdout: one.stdout });
    expect(machine.builds()).toHaveLength(2);
  });

  it("leaves nothing behind when it is interrupted, no process either", async () => {
    machine.go();
    const run = machine.start(BUILD);
    await until(() => machine.builds().length === 1);
    run.child.kill("SIGTERM");
    const { exitCode, stdout, stderr } = await run.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    expect(stderr).toMatch(/Interrupted.*\n$/);
    expect(machine.cached()).toEqual([]);
    for (const pid of machine.builds()) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("leaves nothing behind when what it made is another version", async () => {
    machine.go({ builds: "3.1.0" });
    machine.openGate();
    const { exitCode, stderr } = await machine.run(BUILD);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("it gave Pulumi 3.1.0 instead of 3.210.0");
    expect(machine.cached()).toEqual([]);
  });

  it("says that Go is too old instead of letting it download a toolchain", async () => {
    machine.go({ version: "1.21" });
    const { exitCode, stderr } = await machine.run(BUILD);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Go 1.21.0 is older than 1.24");
    expect(machine.builds()).toEqual([]);
  });
});

describe("the lock", () => {
  const lock = () => path.join(machine.cacheFolder(), `${VERSION}.lock`);
  beforeEach(() => {
    machine.go();
    machine.openGate();
  });

  it("of a process that died is broken", async () => {
    const dead = machine.start({ PULUMI_APIKEYS_ENGINE: "none" });
    await dead.ended;
    writeFileSync(lock(), `${dead.child.pid} ${hostname()}`);
    const { exitCode, stderr } = await machine.run(BUILD);
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain("waiting");
  });

  it("that nobody has touched for a minute is broken, though a process has that pid again", async () => {
    writeFileSync(lock(), `${process.pid} ${hostname()}`);
    const longAgo = new Date(Date.now() - 61_000);
    utimesSync(lock(), longAgo, longAgo);
    expect((await machine.run(BUILD)).exitCode).toBe(0);
  });

  it("of another host is waited for, whatever its pid means here", async () => {
    writeFileSync(lock(), "999999999 some-other-host");
    const run = machine.start(BUILD);
    await until(() => run.stderr().includes("waiting for process 999999999"));
    run.child.kill("SIGTERM");
    expect((await run.ended).exitCode).toBe(130);
  });
});

describe("when there is no engine", () => {
  it("says of every way why not, and ends with the way out", async () => {
    const { exitCode, stdout, stderr } = await machine.run();
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    for (const reason of [
      "path: there is no pulumi on PATH",
      "release: ",
      "build: there is no Go toolchain on PATH",
    ])
      expect(stderr).toContain(`  - ${reason}`);
    expect(stderr).toMatch(/Install Pulumi 3\.210\.0 or later .*, or Go 1\.24\.\d+ or later .*\n$/);
    expect(stderr).not.toMatch(NO_STACK);
    expect(machine.cached()).toEqual([]);
  });

  it("says that the cache folder can't be written", async () => {
    mkdirSync(path.join(machine.dir, "Library"));
    for (const folder of ["cache", "Library/Caches"]) writeFileSync(path.join(machine.dir, folder), "a file");
    const { exitCode, stderr } = await machine.run(BUILD);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("  - cache: ENOTDIR");
    expect(stderr).not.toMatch(NO_STACK);
  });

  it("refuses an unknown PULUMI_APIKEYS_ENGINE by naming the known ones", async () => {
    const { exitCode, stderr } = await machine.run({ PULUMI_APIKEYS_ENGINE: "docker" });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('PULUMI_APIKEYS_ENGINE is "docker", not one of path, release, build\n');
  });
});
