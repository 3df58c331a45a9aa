import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Kills a process and everything that it started. The CLI puts its plugins into process groups of their own, so
 * killing its group would leave them.
 */
export async function killTree(root: number): Promise<void> {
  if (process.platform === "win32") {
    await run("taskkill", ["/T", "/F", "/PID", String(root)]).catch(() => {});
    return;
  }
  // A stopped process starts no other, so at the end all of them are stopped and known.
  const stopped = new Set<number>();
  for (let found = [root]; found.length > 0; found = await childrenOf(stopped)) {
    for (const pid of found) {
      signal(pid, "SIGSTOP");
      stopped.add(pid);
    }
  }
  for (const pid of stopped) signal(pid, "SIGKILL");
}

async function childrenOf(known: ReadonlySet<number>): Promise<number[]> {
  const all = await (process.platform === "linux" ? fromProc() : fromPs());
  return all.flatMap(([pid, parent]) => (known.has(parent) && !known.has(pid) ? [pid] : []));
}

type PidAndParent = readonly [pid: number, parent: number];

/** Slim containers have no `ps`. */
async function fromProc(): Promise<PidAndParent[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = pids.map((pid) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""));
  // The second field, a name in brackets, may itself hold brackets and spaces; state and parent follow it.
  return (await Promise.all(stats)).map((stat, at) => {
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [Number(pids[at]), Number(parent)];
  });
}

async function fromPs(): Promise<PidAndParent[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid="]);
  return stdout.split("\n").map((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return [pid ?? 0, parent ?? 0];
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
