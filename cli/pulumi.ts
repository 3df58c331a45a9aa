import { spawn } from "node:child_process";
import { CommandError } from "./command";

/** Pulumi ran and failed. The user has seen what it printed to standard error. */
export class PulumiFailedError extends CommandError {
  override readonly name = "PulumiFailedError";
  /** That it failed, for a report that is read elsewhere than what it printed. */
  readonly summary: string;

  constructor(
    args: readonly string[],
    /** What it printed to standard output. */
    readonly output: string,
  ) {
    const summary = `\`pulumi ${commandIn(args)}\` failed`;
    super(`${summary}; what it says stands above.`);
    this.summary = `${summary}.`;
  }
}

/** Where Pulumi runs, and what it takes its stacks from. */
export interface PulumiPlace {
  /** Folder of a project. Default: the current one */
  readonly folder?: string | undefined;
  /** Address of a backend, as `PULUMI_BACKEND_URL` has it. Default: the one that is logged in to */
  readonly backend?: string | undefined;
}

/**
 * Runs the user's own Pulumi in a folder, on the user's terminal, where it may ask for a passphrase.
 *
 * Pulumi's Automation API does not serve here: it never lets Pulumi ask, it exports a state with its secrets in plain text, and it
 * takes 0.65 s to load where this whole command line starts in 0.25 s.
 *
 * @returns what it printed to standard output
 * @throws {CommandError} when there is no Pulumi
 * @throws {PulumiFailedError} when it fails
 */
export function pulumi(args: readonly string[], { folder, backend }: PulumiPlace = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, {
      stdio: ["inherit", "pipe", "inherit"],
      ...(folder !== undefined && { cwd: folder }),
      ...(backend !== undefined && { env: { ...process.env, PULUMI_BACKEND_URL: backend } }),
    });
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
 * Runs a command of Pulumi's that prints JSON.
 *
 * @throws {CommandError} as {@link pulumi} does, and when the output is not JSON. The message shows nothing of the output,
 *   which may have the stack's secrets.
 */
export async function pulumiJson(args: readonly string[], place?: PulumiPlace): Promise<unknown> {
  const output = await pulumi(args, place);
  try {
    return JSON.parse(output);
  } catch {
    throw new CommandError(`\`pulumi ${commandIn(args)}\` did not print JSON. Run it yourself to see why.`);
  }
}

/** The words of a command without its options. */
function commandIn(args: readonly string[]): string {
  const options = args.findIndex((arg) => arg.startsWith("-"));
  return args.slice(0, options < 0 ? args.length : options).join(" ");
}
