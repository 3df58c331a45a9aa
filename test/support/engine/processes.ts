import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface RunningProcess {
  readonly pid: number;
  /** Its arguments, separated by NUL. */
  readonly command: string;
}

/** Processes whose working directory is this folder; none where there is no /proc. */
export function processesIn(dir: string): RunningProcess[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc").flatMap((entry) => {
    try {
      if (readlinkSync(`/proc/${entry}/cwd`) !== dir) return [];
      return [{ pid: Number(entry), command: readFileSync(`/proc/${entry}/cmdline`, "utf8") }];
    } catch {
      // It has ended, belongs to another user, or is no process.
      return [];
    }
  });
}
