import { spawn } from "node:child_process";
import { CommandError } from "./command";

/** Pulumi ran and failed; what it printed to standard error the user has seen. */
export class PulumiFailedError extends CommandError {
  override readonly name = "PulumiFailedError";

  constructor(
    args: readonly string[],
    /** What it printed to standard output. */
    readonly output: string,
  ) {
    super(`\`pulumi ${commandIn(args)}\` failed; what it says stands above.`);
  }
}

/**
 * Runs the user's own Pulumi in this folder, with the user's terminal to ask for a passphrase, and resolves with what
 * it printed to standard output.
 *
 * @throws {CommandError} when it is not there
 * @throws {PulumiFailedError} when it fails
 */
export function pulumi(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, { stdio: ["inherit", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", () =>
      reject(new CommandError("There is no pulumi on PATH; install it or add its folder to PATH.")),
    );
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new PulumiFailedError(args, output));
    });
  });
}

/**
 * The same for a command that prints JSON.
 *
 * @throws {CommandError} also when it is none, of which nothing is shown: it may hold the stack's secrets
 */
export async function pulumiJson(args: readonly string[]): Promise<unknown> {
  const output = await pulumi(args);
  try {
    return JSON.parse(output);
  } catch {
    throw new CommandError(
      `\`pulumi ${commandIn(args)}\` printed something else than JSON. Run it yourself to see why.`,
    );
  }
}

/** The command's own words, without its options. */
function commandIn(args: readonly string[]): string {
  const options = args.findIndex((arg) => arg.startsWith("-"));
  return args.slice(0, options < 0 ? args.length : options).join(" ");
}
