import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { commonMembers, deliveryFailed, nonEmpty, type StoreKind } from "../kind";
import { wholeField } from "../store";
import type { CommandTarget } from "../targets";

const argv = z
  .array(nonEmpty, { error: "must be a list of a program and its arguments" })
  .min(1, "must name a program");

/** A command that takes the value on its standard input. What it prints is nobody's business: it may hold the value. */
export const command: StoreKind<CommandTarget, object> = {
  title: "a command",
  target: z.strictObject({
    ...commonMembers,
    store: z.literal("command"),
    command: argv,
    remove: argv.optional(),
  }) as unknown as z.ZodType<CommandTarget>,
  settings: z.strictObject({}),
  readsBack: false,
  async open(target, { environment }) {
    const label = `Command ${target.command.join(" ")}`;
    return {
      label,
      probe: async () => {
        const [program = ""] = target.command;
        if (await isFound(program, environment)) return;
        throw deliveryFailed(
          `${label} cannot be run: there is no program ${program} on PATH. Install it, or correct the delivery.`,
        );
      },
      write: async (content) => {
        await run(label, target.command, content[wholeField] ?? "", environment);
        return {};
      },
      // Only the command knows where it took the value.
      look: async () => "unchanged",
      remove: async () => {
        if (target.remove === undefined) return "unchanged";
        await run(`Command ${target.remove.join(" ")}`, target.remove, "", environment);
        return "unchanged";
      },
    };
  },
};

type Environment = Readonly<Record<string, string | undefined>>;

async function isFound(program: string, environment: Environment): Promise<boolean> {
  const folders = program.includes(path.sep) ? [""] : (environment.PATH ?? "").split(path.delimiter);
  const found = await Promise.all(
    folders.map((folder) =>
      access(path.join(folder, program), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/** Milliseconds that a command may take. */
const timeoutMs = 120_000;

async function run(
  label: string,
  [program = "", ...args]: readonly string[],
  input: string,
  env: Environment,
): Promise<void> {
  const child = spawn(program, args, { stdio: ["pipe", "ignore", "ignore"], env, timeout: timeoutMs });
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  child.on("error", reject);
  child.on("close", (code, signal) =>
    resolve(code === 0 ? undefined : signal === null ? `exit code ${code}` : signal),
  );
  // A command that reads nothing closes its end early, which its exit code judges.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const failure = await promise;
  if (failure !== undefined) {
    throw deliveryFailed(
      `${label} failed: ${failure}. Its output is not shown, because it may hold the key; run it by hand to see why.`,
    );
  }
}
