import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { compileCache } from "../compileCache";

export const root = join(__dirname, "..", "..", "..");

/** A program of ours, run as a user's shell would. */
export class Child {
  readonly exit: Promise<number | null>;
  stdout = "";
  stderr = "";
  readonly #process: ChildProcess;
  readonly #waiting = new Set<() => void>();

  /**
   * @param file path from the repository's root
   * @param cwd folder in which it runs. Default: the repository's root
   */
  constructor(
    file: string,
    args: readonly string[] = [],
    env: NodeJS.ProcessEnv = process.env,
    cwd: string = root,
  ) {
    // Jest asks for colours where its own terminal has them; they would stand in what is compared here.
    const { FORCE_COLOR: _, ...plain } = env;
    this.#process = spawn(process.execPath, [join(root, file), ...args], {
      cwd,
      env: { NODE_COMPILE_CACHE: compileCache, ...plain, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
      for (const look of this.#waiting) look();
    });
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.exit = new Promise((resolve) => this.#process.on("close", resolve));
  }

  /** Resolves once standard output holds the text; rejects when it ends without. */
  async says(text: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = () => this.stdout.includes(text) && resolve();
      this.#waiting.add(look);
      look();
      void this.exit.then(() =>
        reject(new Error(`It ended without "${text}":\n${this.stdout}${this.stderr}`)),
      );
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }
}

/** Command lines of the living processes whose environment mentions a text. Empty where there is no /proc. */
export async function processesWith(text: string): Promise<string[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string) => readFile(join("/proc", pid, name), "utf8").catch(() => "");
      return (await read("environ")).includes(text) ? [(await read("cmdline")).replaceAll("\0", " ")] : [];
    }),
  );
  return found.flat();
}
