/** Runs what checks the sources without running them, all at once; prints what each that fails has said. */
import { spawn } from "node:child_process";

const checks = [
  ["npm", "run", "--silent", "lint"],
  ["npm", "run", "--silent", "typecheck"],
  ["npm", "run", "--silent", "imports"],
  [process.execPath, "scripts/docs/main.mts", "--check"],
] as const;

async function run([command, ...args]: (typeof checks)[number]): Promise<boolean> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject).on("close", resolve);
  const passed = (await promise) === 0;
  if (!passed) process.stderr.write(`${[command, ...args].join(" ")} failed:\n${output}\n`);
  return passed;
}

const results = await Promise.all(checks.map(run));
if (results.includes(false)) process.exitCode = 1;
