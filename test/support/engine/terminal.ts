import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Fixture } from "./fixture";
import { cli } from "./interruption";

/** Whether this machine has util-linux's `script`, with which a test runs a command at a terminal. */
export const hasTerminal =
  process.platform === "linux" && spawnSync("script", ["--version"], { encoding: "utf8" }).status === 0;

const question = /\[y\/N\] /g;

/**
 * Runs `pulumi-apikeys recover` at a terminal, and answers its questions in turn.
 *
 * @returns what stood on the terminal in the end, the answers included
 */
export async function recoverAtTerminal(
  { stack }: Fixture,
  answers: readonly string[],
  ...options: string[]
): Promise<string> {
  const command = [process.execPath, cli, "recover", ...options].join(" ");
  const child = spawn("script", ["--quiet", "--flush", "--return", "--command", command, "/dev/null"], {
    cwd: stack.dir,
    env: { ...stack.env, SHELL: "/bin/sh", TERM: "dumb" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let screen = "";
  let answered = 0;
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    screen += chunk;
    const asked = screen.match(question)?.length ?? 0;
    if (asked > answers.length) child.kill();
    for (; answered < Math.min(asked, answers.length); answered++)
      child.stdin.write(`${answers[answered]}\n`);
  });
  await once(child, "close");
  if (answered < answers.length) throw new Error(`It asked ${answered} questions only:\n${screen}`);
  return screen.replaceAll("\r\n", "\n");
}
