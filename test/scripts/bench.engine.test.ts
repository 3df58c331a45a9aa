import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/engine/environment";

interface Cell {
  readonly peer: string;
  readonly checkpoints: boolean;
  readonly missing?: string;
  readonly operations: Readonly<
    Record<string, { readonly requests: object; readonly refused: number; readonly bytes: number }>
  >;
}

function bench(...args: string[]): Promise<{ exitCode: number | null; stderr: string; stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["bench/main.mts", ...args], { cwd: repository });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, ...output }));
  });
}

interface Planned {
  readonly peer: string;
  /** Some of all. */
  readonly operations?: readonly string[];
}

function defaultPlan(): Planned[] {
  const program =
    'import { defaultPlan } from "./bench/plan.mts"; console.log(JSON.stringify(defaultPlan()))';
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: repository,
    encoding: "utf8",
  });
  return JSON.parse(stdout);
}

function cells(): Cell[] {
  return JSON.parse(readFileSync(path.join(repository, "bench", "results.partial.json"), "utf8")).cells;
}

/** Without an engine, whose requests none are: what is counted is the same, and comes in seconds. */
describe("npm run bench", () => {
  it("counts that our provider sends what the least would be, and nothing else", async () => {
    const { exitCode, stdout } = await bench("--peers", "direct,undici", "--keys", "10", "--latency", "0");
    expect(exitCode).toBe(0);
    const [direct, undici] = cells();
    const requestsOf = (cell: Cell | undefined) =>
      Object.entries(cell?.operations ?? {}).map(([operation, { requests }]) => [operation, requests]);
    expect(requestsOf(direct)).toEqual([
      ["up", { POST: 10 }],
      ["unchanged", {}],
      ["refresh", { GET: 2 }],
      ["rotate", { POST: 10, DELETE: 10 }],
      ["destroy", { DELETE: 10 }],
    ]);
    expect(requestsOf(undici)).toEqual(requestsOf(direct));
    expect(stdout).toContain("10 POST");
  });

  it("goes on where it was interrupted, and measures nothing twice", async () => {
    const { stderr } = await bench("--peers", "direct,undici", "--keys", "10", "--latency", "0", "--resume");
    expect(stderr.match(/measured before/g)).toHaveLength(2);
    expect(cells()).toHaveLength(2);
  });

  it("tells that a vendor with a limit refuses what comes too fast, and that no key of ours fails", async () => {
    // A limit so low that a slow machine is above it, too.
    const limited = ["--keys", "15", "--limit", "4", "--latency", "0", "--operations", "up"];
    await bench("--peers", "direct,undici", ...limited);
    const [direct, undici] = cells();
    expect(direct?.missing).toBeUndefined();
    expect(direct?.operations.up?.refused).toBeGreaterThan(0);
    expect(undici?.missing).toMatch(/429/);
  });

  it("measures the operations that it is asked for, and makes keys for them first", async () => {
    await bench("--peers", "direct", "--keys", "10", "--latency", "0", "--operations", "destroy");
    const measured = Object.entries(cells()[0]?.operations ?? {});
    expect(measured.map(([operation, { requests }]) => [operation, requests])).toEqual([
      ["destroy", { DELETE: 10 }],
    ]);
  });

  it("takes the engine's way to write its state for what only the engine's peers differ in", async () => {
    await bench(
      "--peers",
      "direct",
      "--keys",
      "10",
      "--latency",
      "0",
      "--operations",
      "up",
      "--no-checkpoints",
    );
    expect(cells()).toEqual([expect.objectContaining({ peer: "direct", checkpoints: true })]);
  });

  it("measures every operation of every peer at each number of keys and each latency when it is not told", () => {
    const everything = [50, 200, 400, 1000].flatMap((keys) =>
      [0, 20, 100].flatMap((latencyMs) =>
        ["ours", "naive", "restapi", "direct", "undici"].map((peer) => ({ peer, keys, latencyMs })),
      ),
    );
    const planned = defaultPlan().filter(({ operations: chosen }) => chosen === undefined);
    for (const cell of everything) expect(planned).toContainEqual(expect.objectContaining(cell));
  });

  it("refuses a peer that it does not know in a sentence", async () => {
    const { exitCode, stderr } = await bench("--peers", "ours,theirs");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^--peers names "theirs", which is not one of ours, plugin, yaml, naive,/);
  });
});
