import { spawn } from "node:child_process";
import { basename } from "node:path";
import { Unavailable } from "./unavailable.mts";

export interface RunOptions {
  /** Milliseconds until the command and everything that it started are killed. */
  timeout: number;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  signal?: AbortSignal | undefined;
}

/**
 * Runs a command to its end.
 *
 * @returns its standard output
 * @throws {Unavailable} it can't be started, fails or takes too long; the message ends with the last line of its output
 */
export function run(command: string, args: string[], options: RunOptions): Promise<string> {
  const name = basename(command);
  const { timeout, signal, ...spawnOptions } = options;
  // In a process group of its own: `sh` and `go` start other processes, which a plain kill would leave running.
  const detached = process.platform !== "win32";
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Unavailable("it was interrupted"));
    const child = spawn(command, args, { ...spawnOptions, detached, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    let stopped: string | undefined;
    const stop = (why: string) => {
      stopped = why;
      killGroup(child.pid, detached);
    };
    const timer = setTimeout(() => stop(`${name} took longer than ${timeout / 1000} s`), timeout);
    const interrupt = () => stop("it was interrupted");
    signal?.addEventListener("abort", interrupt);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const settle = (failure: string | undefined) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
      if (failure === undefined) resolve(stdout);
      else reject(new Unavailable(failure));
    };
    child.on("error", (error) => settle(`${name} can't be started (${error.message})`));
    child.on("close", (code) => {
      if (stopped !== undefined || code !== 0)
        settle(stopped ?? `${name} failed: ${lastWords(stderr || stdout)}`);
      else settle(undefined);
    });
  });
}

function killGroup(pid: number | undefined, detached: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(detached ? -pid : pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function lastWords(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).slice(-3).join(" | ").slice(-600) || "it said nothing";
}
