import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { reasonOf } from "../base/errors";
import type { CreateJournal, Properties } from "../lifecycle";
import { text } from "../lifecycle/state/properties";
import { printable } from "../redaction/printable";

const noted = z.object({
  /** URN of the stack's root, which tells stack and project apart from all others. */
  stack: z.string(),
  /** Process that sent the request. */
  pid: z.int(),
  /** What finds the key; see `CreateJournal.begin`. */
  inputs: z.record(z.string(), z.unknown()),
});

/** A create that was under way when its process last wrote about it. */
export interface NotedCreate {
  readonly file: string;
  readonly stack: string;
  readonly pid: number;
  readonly inputs: Properties;
}

/** Where notes are: a file a create, beside what else Pulumi keeps for this user. */
export function journalFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return path.join(environment.PULUMI_HOME || path.join(homedir(), ".pulumi"), "apikeys", "creating");
}

/** Every note that can be read. */
export function notedCreates(folder: string): NotedCreate[] {
  return namesIn(folder).flatMap((name) => {
    const file = path.join(folder, name);
    try {
      return [{ file, ...noted.parse(JSON.parse(readFileSync(file, "utf8"))) }];
    } catch {
      // Half written, or struck out by now: its request was not sent yet, or its answer has come.
      return [];
    }
  });
}

/** Strikes a note out. */
export function strike(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Notes of creates in files, which outlive this process.
 *
 * @param stack tells the URN of the stack's root; without it `recover` could not tell whose a note is, so none is made
 * @param whenUnable called once with the reason when notes cannot be made; creates go on without them
 */
export function fileJournal(
  folder: string,
  stack: () => Promise<string | undefined>,
  whenUnable: (reason: string) => void,
): CreateJournal {
  let told = false;
  let able = true;
  return {
    async begin(inputs) {
      const urn = able ? await stack() : undefined;
      if (urn === undefined) return { end() {} };
      const file = path.join(folder, `${randomUUID()}.json`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(file, JSON.stringify({ stack: urn, pid: process.pid, inputs }), { mode: 0o600 });
      } catch (error) {
        able = false;
        whenUnable(reasonOf(error));
      }
      return {
        end(outcome) {
          if (outcome === "nothing") strike(file);
          else afterDelivery(() => strike(file));
        },
      };
    },
    async unfinished() {
      if (told) return [];
      told = true;
      const urn = await stack();
      return notedCreates(folder).flatMap((note) =>
        note.stack === urn && !isRunning(note.pid) ? [text(note.inputs, "name")] : [],
      );
    },
  };
}

/**
 * What the user should know of a create that was cut short.
 *
 * @param name of its key; undefined where it has none, so that only a person can find it
 */
export function cutShortNotice(name: string | undefined): string {
  const key = name === undefined ? "an API key without a name" : `API key ${JSON.stringify(printable(name))}`;
  const does =
    name === undefined
      ? "tells where to look for it: only you can tell whether a key there is used"
      : "finds and revokes it";
  return `An earlier operation was cut short while it created ${key}, which may exist at the vendor and be in no state. Run \`npx pulumi-apikeys recover\`, which ${does}.`;
}

/** Whether a process is there; one that is not ours counts as well. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Two turns of the event loop later, when the answer that is being returned has been handed to the system: struck out
 * any earlier, a kill in between would leave a key of which neither state nor note tells.
 */
function afterDelivery(act: () => void): void {
  setImmediate(() => setImmediate(act));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}
