import { cpSync } from "node:fs";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { repository } from "../engine/environment";
import { type Program, TestStack } from "../engine/stack";
import { connectionsOf } from "../engine/vendors";
import { installPython } from "./pythonProject";
import { built, script } from "./scripts";
import type { Language } from "./toolchains";

/** A sandbox, and a stack of a program in some language, which uses the plugin. */
export interface LanguageFixture {
  readonly sandbox: Sandbox;
  readonly stack: TestStack;
}

/** A sandbox and a stack for all tests of a suite. */
export function useLanguage(language: Language, program: Program): LanguageFixture {
  const held: { sandbox?: Sandbox; stack?: TestStack } = {};
  beforeAll(async () => {
    held.sandbox = await startSandbox();
    held.stack = await languageStack(language, program, connectionsOf(held.sandbox));
  });
  afterAll(async () => {
    await held.stack?.remove();
    await held.sandbox?.close();
  });
  return held as LanguageFixture;
}

/**
 * A go.mod need not name what the generated packages need. Without paths in it, what is compiled in one temporary folder
 * serves in the next. And each command links the program anew, which takes longest where a debugger is to read it.
 */
const goSettings = { GOFLAGS: "-mod=mod -trimpath -ldflags=-w" };

/** A stack whose engine finds the host of the language, and the plugin. */
export async function languageStack(
  language: Language,
  program: Program,
  env: Record<string, string>,
): Promise<TestStack> {
  const host = await built(language);
  const stack = await TestStack.create({ program, env: { ...goSettings, ...env } });
  stack.setEnv({ PATH: [host, stack.env.PATH].join(path.delimiter) });
  stack.lendPlugin();
  return stack;
}

/** The project of an example in `examples/languages`. */
export function languageExample(language: Language): Program {
  return (dir) => cpSync(path.join(repository, "examples/languages", language), dir, { recursive: true });
}

/**
 * Puts generated packages where `pulumi package add` does, and installs them.
 *
 * @param definitions names of definitions in the project, whose packages these are. Default: the one of the built-in services
 */
export async function addPackages(
  stack: TestStack,
  language: "python" | "go",
  definitions: readonly string[] = [],
): Promise<void> {
  const out = path.join(stack.dir, "generated");
  const files = definitions.map((name) => path.join(stack.dir, `${name}.json`));
  const folders = await script("sdks/main.mts", "--out", out, "--languages", language, ...files);
  const places = (definitions.length > 0 ? definitions : ["apikeys"]).map((name, index) => {
    const place = path.join(stack.dir, "sdks", name);
    cpSync(String(folders[index]), place, { recursive: true });
    return place;
  });
  if (language !== "python") return;
  await installPython(stack.dir, places);
  // The host that can be built here is older than the option `virtualenv` as the engine now tells it.
  stack.setEnv({ PATH: [path.join(stack.dir, "venv", "bin"), stack.env.PATH].join(path.delimiter) });
}
