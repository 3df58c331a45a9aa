import { readdirSync, readFileSync } from "node:fs";

const intervalMs = 100;

/** Watches the peak memory of one descendant of a process, where the system shows it (Linux). */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  #watched: number | undefined;
  #peakBytes: number | undefined;

  /** @param command part of the command line by which the descendant is known */
  constructor(ancestor: number, command: string) {
    this.#timer = setInterval(() => this.#look(ancestor, command), intervalMs);
  }

  /** @returns bytes, or undefined where the process was not seen */
  stop(): number | undefined {
    clearInterval(this.#timer);
    return this.#peakBytes;
  }

  #look(ancestor: number, command: string): void {
    // An operation with a preview has one provider process after the other.
    const peak = this.#watched === undefined ? undefined : peakBytesOf(this.#watched);
    if (peak !== undefined) this.#peakBytes = Math.max(this.#peakBytes ?? 0, peak);
    else this.#watched = descendants(ancestor).find((pid) => commandOf(pid).includes(command));
  }
}

/** @see proc_pid_status(5), VmHWM */
function peakBytesOf(pid: number): number | undefined {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** @see proc_pid_stat(5): the parent's id is the second word after the command in parentheses */
function descendants(ancestor: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of folder("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = read(`/proc/${pid}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [ancestor];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found.slice(1);
}

/** The shell that starts the provider has the same words in its command line, and uses hardly any memory. */
function commandOf(pid: number): string {
  const words = read(`/proc/${pid}/cmdline`).split("\0");
  return /(^|\/)(ba|da)?sh$/.test(words[0] ?? "") ? "" : words.join(" ");
}

function folder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
