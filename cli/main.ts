#!/usr/bin/env node
import "./requireNode";
import { inspect } from "node:util";
import { ApiKeysError } from "../provider/base/errors";
import { nearestName } from "../provider/base/words";
import { redactOutput } from "../provider/redaction/sinks";
import { type Command, CommandError, UsageError } from "./command";
import { commands } from "./commands";

const names = Object.keys(commands);
const advice = "Try: pulumi-apikeys --help";

redactOutput();
// A reader such as `head` closes the pipe when it has read enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
// Node would print an uncaught error without the redactor.
process.on("uncaughtException", (error) => {
  report(error);
  process.exit();
});
main(process.argv.slice(2)).catch(report);

function report(error: unknown): void {
  const expected = error instanceof CommandError || error instanceof ApiKeysError;
  // Any other error is a bug of this package, so its stack helps a report.
  process.stderr.write(`${expected ? error.message : inspect(error)}\n`);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(overview());
    return;
  }
  const command = commandNamed(name);
  // What follows `--` is somebody else's.
  const own = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  if (own.some((arg) => arg === "--help" || arg === "-h")) {
    process.stdout.write(command.help);
    return;
  }
  try {
    await command.run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message} Try: pulumi-apikeys ${name} --help`);
  }
}

function commandNamed(name: string | undefined): Command {
  if (name === undefined) throw new UsageError(`A command is missing. ${advice}`);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load) return load();
  const kind = name.startsWith("-") ? "option" : "command";
  const near = nearestName(name, names);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  throw new UsageError(`There is no ${kind} ${JSON.stringify(name)}.${hint} ${advice}`);
}

function overview(): string {
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.entries(commands).map(([name, load]) => `  ${name.padEnd(width)}  ${load().summary}`);
  return `Usage: pulumi-apikeys <command> [options]

Commands:
${lines.join("\n")}

pulumi-apikeys <command> --help explains a command.
`;
}
