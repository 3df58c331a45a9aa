import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { CommandError } from "./command";

type Environment = Readonly<Record<string, string | undefined>>;

/** The program was never started. */
class NotStartedError extends CommandError {
  override readonly name = "NotStartedError";

  /** @param exitCode as a shell has it */
  constructor(
    message: string,
    override readonly exitCode: 126 | 127,
  ) {
    super(message);
  }
}

/** With these a process could read or make any other key: they were set for Pulumi and for this package. */
const credentials =
  /^(APIKEYS_.*|PULUMI_CONFIG_PASSPHRASE|PULUMI_CONFIG_PASSPHRASE_FILE|PULUMI_ACCESS_TOKEN)$/i;

/**
 * The environment that a program inherits: without what opens more than it is given.
 *
 * @param isWhole whether it shall have that too
 */
export function environmentOf(own: Environment, isWhole: boolean): Environment {
  return Object.fromEntries(Object.entries(own).filter(([name]) => isWhole || !credentials.test(name)));
}

/** What a shell adds to a signal's number, for the exit status of a program that it ended. */
const signalBase = 128;
const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"] as const satisfies readonly NodeJS.Signals[];

/**
 * Runs a program on the standard streams of this process, and passes signals on to it.
 *
 * @returns its exit code, or 128 and the number of the signal that ended it
 * @throws {CommandError} when it cannot be started
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Environment,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let child: ChildProcess | undefined;
  const pass = (signal: NodeJS.Signals): void => {
    // Ctrl-C reaches all processes at a terminal by itself, and a second one makes some programs give up at once.
    if (signal !== "SIGINT" || ![0, 1, 2].some((stream) => isatty(stream))) child?.kill(signal);
  };
  // Before it is started: on a busy machine it runs, and may be told to end, before this process goes on.
  for (const signal of passedOn) process.on(signal, pass);
  try {
    child = started(program, () => spawn(program, args, { cwd, env, stdio: "inherit" }));
    child.on("error", (error: NodeJS.ErrnoException) => reject(notStarted(program, error)));
    child.on("exit", (code, signal) =>
      resolve(signal === null ? (code ?? 1) : signalBase + constants.signals[signal]),
    );
    return await promise;
  } finally {
    for (const signal of passedOn) process.off(signal, pass);
  }
}

/** Some causes are thrown, and others come as an event. */
function started<T>(program: string, start: () => T): T {
  try {
    return start();
  } catch (error) {
    throw notStarted(program, error as NodeJS.ErrnoException);
  }
}

function notStarted(program: string, { code }: NodeJS.ErrnoException): NotStartedError {
  const name = JSON.stringify(program);
  if (code !== "ENOENT") return new NotStartedError(`The program ${name} cannot be run (${code}).`, 126);
  const where = /[\\/]/.test(program) ? "there" : "on PATH";
  return new NotStartedError(`There is no program ${name} ${where}.`, 127);
}
