import { execFile } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { testedHost } from "../testedHost";
import { repository } from "./environment";
import type { Fixture } from "./fixture";
import { processesIn } from "./processes";

/** `pulumi-apikeys`, as it is built. */
export const cli = path.join(repository, "dist", "cli", "main.js");

/** Longer than anything that is waited for takes on a busy machine; the wait must not outlive its test. */
const patienceMs = 60_000;

/** Resolves once a condition holds. */
export async function until(condition: () => boolean, what: () => string = () => ""): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`What was waited for did not come about. ${what()}`);
    await delay(20);
  }
}

/** Ids of a stack's provider processes; none where there is no /proc. */
export function providersOf({ stack }: Fixture): number[] {
  const name = testedHost === "plugin" ? "pulumi-resource-apikeys.cjs" : "dynamic-provider";
  return processesIn(stack.dir).flatMap(({ pid, command }) => (command.includes(name) ? [pid] : []));
}

/** Ways in which an operation comes to an early end. */
export const interruptions = {
  "Ctrl-C, twice": async (_at: Fixture, child, output) => {
    child.kill("SIGINT");
    await until(() => output().includes("press ^C again"));
    child.kill("SIGINT");
  },
  "SIGKILL to the CLI": async (_at: Fixture, child) => {
    child.kill("SIGKILL");
  },
  "SIGKILL to the provider": async (at: Fixture) => {
    for (const pid of providersOf(at)) process.kill(pid, "SIGKILL");
  },
} satisfies Record<
  string,
  (at: Fixture, child: ReturnType<Fixture["stack"]["spawn"]>, output: () => string) => Promise<void>
>;
export type Interruption = keyof typeof interruptions;

/**
 * Runs an operation until a condition holds at the vendor, interrupts it, and waits until nothing of it runs any more.
 *
 * @returns what the CLI printed
 */
export async function interrupt(
  at: Fixture,
  how: Interruption,
  operation: "up" | "destroy",
  when: () => boolean,
): Promise<string> {
  const child = at.stack.spawn([operation, "--yes", "--skip-preview"]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk) => {
      output += chunk;
    });
  }
  const closed = once(child, "close");
  await until(when, () => output);
  await interruptions[how](at, child, () => output);
  await closed;
  await until(() => providersOf(at).length === 0);
  return output;
}

/** Runs `pulumi-apikeys recover` in the stack's project. */
export function recover(at: Pick<Fixture, "stack">, ...options: string[]): Promise<string> {
  return command(at, "recover", ...options);
}

/** Runs a command of `pulumi-apikeys` in the stack's project. */
export async function command(at: Pick<Fixture, "stack">, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...args], {
    cwd: at.stack.dir,
    env: at.stack.env,
  }).catch((error) => error);
  return `${stdout}${stderr}`;
}
