import { createInterface } from "node:readline/promises";
import { UsageError } from "./command";

/** Asks the person at the terminal. Anything but y or yes is a no. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UsageError("There is no terminal to ask on; add --yes to go on without being asked.");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
