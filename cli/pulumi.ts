import { spawn } from "node:child_process";
import { CommandError } from "./command";

/**
 * Runs the user's own Pulumi in this folder and resolves with what it printed to standard output.
 *
 * @param input text for its standard input, which is else the user's, for a passphrase may be asked for
 * @throws {CommandError} when it is not there or fails; what it printed to standard error the user has seen
 */
export function pulumi(args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, {
      stdio: [input === undefined ? "inherit" : "pipe", "pipe", "inherit"],
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", () =>
      reject(new CommandError("There is no pulumi on PATH; install it or add its folder to PATH.")),
    );
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new CommandError(`\`pulumi ${args.slice(0, 2).join(" ")}\` failed; what it says stands above.`),
        );
    });
    // A child that ends early closes its end; its exit code says why.
    child.stdin?.on("error", () => {}).end(input);
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
      `\`pulumi ${args.slice(0, 2).join(" ")}\` printed something else than JSON. Run it yourself to see why.`,
    );
  }
}
