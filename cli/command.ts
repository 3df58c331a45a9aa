import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { durationMs } from "../provider/base/time";

/** A command of `pulumi-apikeys`: one file, and one line in commands.ts, which has its name. */
export interface Command {
  /** What it does, for the list of commands: one line without a full stop. */
  readonly summary: string;
  /** The text of its `--help`. */
  readonly help: string;
  /**
   * @param args what follows the command's name
   * @throws {UsageError} when the arguments are wrong
   * @throws {CommandError | ApiKeysError} when the command fails
   */
  run(args: readonly string[]): Promise<void>;
}

/** Prints a line to standard output. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** An expected failure. The user sees its message and no stack. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
  readonly exitCode: number = 1;
}

/** The command line is wrong, and nothing was done. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";
  override readonly exitCode = 2;
}

/**
 * A command's options and words. A mistyped option is an error, so that it is never ignored.
 *
 * @param maxWords how many words beside options the command takes. Default: none
 * @throws {UsageError} for an undeclared option, an option without its value, or one word too many
 */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  maxWords = 0,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: maxWords > 0 });
    const tooMany = parsed.positionals[maxWords];
    if (tooMany !== undefined) throw new TypeError(`Unexpected argument '${tooMany}'`);
    return { options: parsed.values, words: parsed.positionals as readonly string[] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The first sentence is enough: the others explain Node's own syntax.
    const [first = error.message] = error.message.split(/\.?(?:\s*\n|\. |$)/);
    const [, option] = /^Option '(?:-\w, )?(--[\w-]+).* argument (?:is ambiguous|missing)/.exec(first) ?? [];
    throw new UsageError(option === undefined ? `${first}.` : `${option} needs a value.`);
  }
}

/**
 * The milliseconds of an option that takes a time span.
 *
 * @param example of such a span
 * @throws {UsageError} when it is none
 */
export function spanMs(option: string, text: string, example = "90d"): number {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  throw new UsageError(
    `${option} is ${JSON.stringify(text)}, but has to be a whole number and a unit (s, m, h, d, w), such as ${example}.`,
  );
}
