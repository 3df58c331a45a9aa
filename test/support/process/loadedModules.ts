import { execFileSync } from "node:child_process";
import { root } from "./child";

/**
 * Files of the modules that a process has loaded after a program.
 *
 * @param program CommonJS, run in the repository's root
 * @param before what the process has loaded already, and is not told of
 */
export function loadedModules(program: string, before = ""): string[] {
  const script = `${before};
    const before = new Set(Object.keys(require.cache));
    ${program};
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" }));
}
