import { createInterface } from "node:readline/promises";
import { CommandError, UsageError } from "./command";

/**
 * Asks at the terminal. Anything but y or yes means no.
 *
 * @param answerer who can answer: `--yes` as well, or a person alone
 * @throws {CommandError} after Ctrl-C or Ctrl-D
 * @throws {UsageError} when there is no terminal
 */
export async function confirm(question: string, answerer: "--yes" | "person"): Promise<boolean> {
  if (!process.stdin.isTTY) {
    const instead =
      answerer === "--yes"
        ? "add --yes to go on without being asked."
        : "run this at a terminal, for only a person can answer.";
    throw new UsageError(`There is no terminal to ask on; ${instead}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } catch (error) {
    if (!(error instanceof Error && error.name === "AbortError")) throw error;
    throw new CommandError("\nThere was no answer, so nothing was done.");
  } finally {
    terminal.close();
  }
}
