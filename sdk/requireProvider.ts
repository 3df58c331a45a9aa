import { createRequire } from "node:module";
import path from "node:path";
import { RunError } from "@pulumi/pulumi";

/** Where Pulumi starts a program it also runs the provider: the folder of the project's `main`. The program may leave it. */
const startedIn = process.cwd();

/**
 * Fails where Pulumi will not find the provider, before a key is registered.
 *
 * Every key's state names the provider as `pulumi-apikeys/provider`, and Pulumi resolves that from the folder in which it
 * runs the project. The program itself may have found this package elsewhere: in a monorepo without hoisting, through a
 * package that it shares with others. The engine would then print a stack for each key.
 *
 * @throws {RunError} with the command that mends it
 */
export function requireProvider(): void {
  if (!isStartedByPulumi() || canResolve(startedIn)) return;
  throw new RunError(
    `Pulumi cannot find the package pulumi-apikeys from ${startedIn}, where it runs the provider of API keys. The package that ` +
      "imports pulumi-apikeys has it, and the Pulumi project needs it too. Run `npm install pulumi-apikeys` in that folder " +
      "(or `pnpm add`, `yarn add`, `bun add`), and then the same command again.",
  );
}

/**
 * Whether Pulumi's command started this program, which then has the monitor's address in its environment, for every copy of
 * the SDK. A unit test has no provider. An inline program of the Automation API starts in another folder than its project,
 * and is not told which.
 */
function isStartedByPulumi(): boolean {
  return process.env.PULUMI_NODEJS_MONITOR !== undefined;
}

function canResolve(folder: string): boolean {
  try {
    // Resolved like the text in state, which is code of no file, in that folder.
    createRequire(path.join(folder, "provider.js")).resolve("pulumi-apikeys/provider");
    return true;
  } catch (error) {
    // Another mistake, such as a broken package.json, is not this one, and has a message of its own.
    return (error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND";
  }
}
