import { spawn } from "node:child_process";
import { MemoryWatch } from "./memory.mts";

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Part of the provider process's command line. */
  readonly provider: string;
  /** Milliseconds after which the command and what it started are killed. */
  readonly timeoutMs: number;
}

/** What a command took. */
export interface Spent {
  readonly wallMs: number;
  /** Peak memory of the provider process, where the system tells. */
  readonly peakMemoryBytes?: number;
}

/** A command failed or took too long. The message ends with the reason. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}

/** @throws {CommandFailure} */
export function runCommand(file: string, args: readonly string[], options: CommandOptions): Promise<Spent> {
  const { cwd, env, provider, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    // A group of its own, so that the provider ends with it.
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const memory = child.pid === undefined ? undefined : new MemoryWatch(child.pid, provider);
    let late = false;
    let output = "";
    const kill = () => void (child.pid !== undefined && killGroup(child.pid));
    const timer = setTimeout(() => {
      late = true;
      kill();
    }, timeoutMs);
    process.once("exit", kill);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-4_000);
      });
    }
    const end = (failure: string | undefined) => {
      const wallMs = performance.now() - startedMs;
      clearTimeout(timer);
      process.off("exit", kill);
      const peakMemoryBytes = memory?.stop();
      if (failure !== undefined) reject(new CommandFailure(`${args[0]} ${failure}`));
      else resolve({ wallMs, ...(peakMemoryBytes !== undefined && { peakMemoryBytes }) });
    };
    child.on("error", (error) => end(`can't be started: ${error.message}`));
    child.on("close", (code) => {
      if (late) end(`took longer than ${timeoutMs / 1000} s`);
      else end(code === 0 ? undefined : `ended with exit code ${code}: ${reasonIn(output)}`);
    });
  });
}

/** The last line with the word error, or else the last line. */
function reasonIn(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "it said nothing";
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
