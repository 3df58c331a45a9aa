import { styleText } from "node:util";

let checks = 0;

/** How many checks have held so far. */
export const checksHeld = (): number => checks;

/** A promise of the tour did not hold. The message is a sentence for the user. */
export class TourFailure extends Error {
  override readonly name = "TourFailure";
}

export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

export function heading(text: string): void {
  print(`\n${styleText("bold", text)}`);
}

export function say(text: string): void {
  print(`   ${text}`);
}

export function command(text: string): void {
  print(`   ${styleText("cyan", `$ ${text}`)}`);
}

export function quote(line: string): void {
  print(`     ${styleText("dim", line)}`);
}

/** Lines of two columns. */
export function table(rows: readonly (readonly [string, string])[]): void {
  const width = Math.max(...rows.map(([first]) => first.length));
  for (const [first, second] of rows) print(`     ${first.padEnd(width)}  ${second}`);
}

/**
 * Prints a claim that was checked and holds.
 *
 * @param claim the claim, in a user's words
 * @param otherwise what is true instead
 * @throws {TourFailure} when it does not hold
 */
export function check(claim: string, holds: boolean, otherwise: string): void {
  if (!holds) throw new TourFailure(otherwise);
  checks += 1;
  print(`   ${styleText("green", "✓")} ${claim}`);
}
