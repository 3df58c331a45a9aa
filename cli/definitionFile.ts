import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { builtInNames } from "../provider/definition/registry";
import { CommandError } from "./command";

/**
 * The definition in a file, unchecked: JSON, or a module that exports the definition or the result of `defineService`.
 *
 * @param file path of the file
 * @throws {CommandError} when the file cannot be read or has no definition
 */
export async function definitionIn(file: string): Promise<unknown> {
  const whole = path.resolve(file);
  const isModule = /\.[cm]?[jt]s$/.test(file);
  const holds = isModule ? await exportsOf(whole, file) : jsonIn(whole, file);
  const candidates = isObject(holds) ? [holds, ...Object.values(holds)] : [];
  for (const candidate of candidates) {
    if (!isObject(candidate)) continue;
    if (isObject(candidate.definition) && "ApiKey" in candidate) return candidate.definition;
  }
  if (!isModule) return holds;
  const exported = candidates.slice(1).filter((candidate) => isObject(candidate) && "name" in candidate);
  if (exported.length === 1) return exported[0];
  throw new CommandError(
    `${file} exports ${exported.length === 0 ? "no" : "more than one"} service definition. Export one, as it is or from defineService().`,
  );
}

function jsonIn(whole: string, file: string): unknown {
  let text: string;
  try {
    text = readFileSync(whole, "utf8");
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is no JSON: ${(error as Error).message}.`);
  }
}

async function exportsOf(whole: string, file: string): Promise<unknown> {
  const { emitWarning } = process;
  // Node would advise to declare the type of the user's package, which Pulumi's projects do not.
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (JSON.stringify(rest).includes("MODULE_TYPELESS_PACKAGE_JSON")) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    return await import(pathToFileURL(whole).href);
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function unreadable(file: string, error: unknown): CommandError {
  const { code, message } = error as NodeJS.ErrnoException;
  const missing = code === "ENOENT" || code === "ERR_MODULE_NOT_FOUND";
  const why = missing ? "there is no such file" : message;
  return new CommandError(
    `${file} cannot be read: ${why}. Name a JSON file, a module that exports a definition, or a built-in service (${builtInNames().join(", ")}).`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
