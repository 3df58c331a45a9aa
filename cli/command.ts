import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** A command of `pulumi-apikeys`: one file, and one line of the list in main.ts. */
export interface Command {
  readonly name: string;
  /** What it does, for the list of commands: a line without a full stop. */
  readonly summary: string;
  /** All that its `--help` says. */
  readonly help: string;
  /**
   * @param args what follows the command's name
   * @throws {UsageError} when the arguments make no sense
   * @throws {CommandError | ApiKeysError} when it cannot do what it was asked
   */
  run(args: readonly string[]): Promise<void>;
}

/** An expected failure: its message is all that the user needs to see. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
  readonly exitCode: number = 1;
}

/** The command line makes no sense: nothing was done. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";
  override readonly exitCode = 2;
}

/**
 * A command's options and words, strictly: a mistyped one must not be taken for none.
 *
 * @param maxWords how many words that are no options it takes; default: none
 * @throws {UsageError} an option that is not declared, lacks its value, or a word that nothing takes
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
    // Node's further sentences explain its own syntax.
    const [first = error.message] = error.message.split(/\.?(?:\s*\n|\. |$)/);
    const [, option] = /^Option '(?:-\w, )?(--[\w-]+).* argument (?:is ambiguous|missing)/.exec(first) ?? [];
    throw new UsageError(option === undefined ? `${first}.` : `${option} needs a value.`);
  }
}
