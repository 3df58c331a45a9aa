import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Every file below a folder, as text, without linked folders such as node_modules. */
export function filesBelow(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return entry.isFile() ? [{ file, text: readFileSync(file, "latin1") }] : [];
  });
}

/** A process as anyone on the machine who may look can see it. */
export interface ProcessTrace {
  /** Its arguments. */
  readonly command: string;
  /** Its environment, a variable each, as `NAME=value`. */
  readonly variables: readonly string[];
}

/**
 * Watches the processes of a run, which it recognizes by a variable that all of them inherit.
 *
 * @param marker the variable, as `NAME=value`
 * @returns ends the watch and gives what was seen, each process and state of it once
 */
export function watchProcesses(marker: string): () => ProcessTrace[] {
  const seen = new Map<string, ProcessTrace>();
  const timer = setInterval(() => {
    for (const id of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
      // In this order, for a process that becomes another program in between must not seem to be the old one with the
      // variables of the new; and one that ends in between no longer has a command.
      const variables = procFile(id, "environ");
      const command = procFile(id, "cmdline").join(" ");
      if (command !== "" && variables.includes(marker))
        seen.set([command, ...variables].join("\n"), { command, variables });
    }
  }, 10);
  return () => {
    clearInterval(timer);
    return [...seen.values()];
  };
}

function procFile(id: string, name: string): string[] {
  try {
    return readFileSync(`/proc/${id}/${name}`, "utf8").split("\0").filter(Boolean);
  } catch {
    // It has ended, or is somebody else's.
    return [];
  }
}
