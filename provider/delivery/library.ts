import { createRequire } from "node:module";
import path from "node:path";
import { deliveryFailed } from "./kind";

/**
 * Loads a vendor's library, which is installed by those alone who use it.
 *
 * @param load as this package finds it. The plugin is far from any, so that those of the program are looked at too
 * @throws {ApiKeysError} DELIVERY_FAILED with the command that installs it
 */
export async function loadLibrary<T>(name: string, load: () => Promise<T>): Promise<T> {
  for (const attempt of [load, () => libraryOfProgram(name)]) {
    try {
      return (await attempt()) as T;
    } catch (error) {
      if (!isMissing(name, error as NodeJS.ErrnoException)) throw error;
    }
  }
  throw deliveryFailed(`The library ${name} is not installed. Run \`npm install ${name}\`.`);
}

/** The library as the project's own files find it: the engine starts this process in the project's folder. */
function libraryOfProgram(name: string): unknown {
  return createRequire(path.join(process.cwd(), "program.js"))(name);
}

/** The library may be there, and lack one of its own. A single executable has no other modules than Node's. */
function isMissing(name: string, { code, message }: NodeJS.ErrnoException): boolean {
  if (code === "ERR_UNKNOWN_BUILTIN_MODULE") return message.endsWith(` ${name}`);
  return /^(ERR_)?MODULE_NOT_FOUND$/.test(code ?? "") && message.includes(`'${name}'`);
}
