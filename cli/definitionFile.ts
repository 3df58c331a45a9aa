import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { builtInNames } from "../provider/definition/registry";
import { catalogDefinition } from "./catalog";
import { CommandError } from "./command";

/**
 * The definition in a file, unchecked: JSON, or a module that exports the definition or the result of `defineService`. A
 * word that names a service of the catalog stands for that.
 *
 * @param file path of the file, or the name
 * @throws {CommandError} when the file cannot be read or has no definition
 */
export async function definitionIn(file: string): Promise<unknown> {
  const ofCatalog = catalogDefinition(file);
  if (ofCatalog !== undefined) return ofCatalog;
  const whole = path.resolve(file);
  if (!/\.[cm]?[jt]s$/.test(file)) return jsonIn(whole, file);
  const exported = exportsOf(await importOf(whole, file));
  const own = definitionsAmong([exported]);
  const found = own.length > 0 ? own : definitionsAmong(isObject(exported) ? Object.values(exported) : []);
  if (found.length === 1) return found[0];
  throw new CommandError(
    `${file} exports ${found.length === 0 ? "no" : "more than one"} service definition. Export one, as it is or from defineService().`,
  );
}

/** The definitions of the services among some values; where there is none, the values that are definitions themselves. Each once. */
function definitionsAmong(values: readonly unknown[]): readonly unknown[] {
  const objects = values.filter(isObject);
  const services = objects.filter((value) => isObject(value.definition) && "ApiKey" in value);
  const found =
    services.length > 0
      ? services.map(({ definition }) => definition)
      : objects.filter(({ name }) => typeof name === "string");
  return [...new Set<unknown>(found)];
}

/** What a module exports. Of CommonJS, Node tells the whole as the default, and its parts again by their names. */
function exportsOf(module: Readonly<Record<string, unknown>>): unknown {
  const { default: whole, "module.exports": _, ...parts } = module;
  if (!isObject(whole)) return module;
  const isWhole = Object.entries(parts).every(([name, part]) => part === whole[name]);
  return isWhole ? whole : module;
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

async function importOf(whole: string, file: string): Promise<Readonly<Record<string, unknown>>> {
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
    `${file} cannot be read: ${why}. Name a JSON file, a module that exports a definition, a service of the catalog such as openai, or a built-in one (${builtInNames().join(", ")}).`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
