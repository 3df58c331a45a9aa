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

/** A stack whose engine finds the host of the language, and the plugin, where `plugin install` puts it. */
export async function languageStack(
  language: Language,
  program: Program,
  env: Record<string, string>,
): Promise<TestStack> {
  const host = await built(language);
  const stack = await TestStack.create({ program, env });
  stack.setEnv({ PATH: [host, stack.env.PATH].join(path.delimiter) });
  const { installPlugin } = require(path.join(repository, "dist/sdk/plugin/installation.js"));
  installPlugin(stack.env);
  return stack;
}

/** The project of an example in `examples/languages`. */
export function languageExample(language: Language): Program {
  return (dir) => cpSync(path.join(repository, "examples/languages", language), dir, { recursive: true });
}

/**
 * Puts a generated package where `pulumi package add` does, and installs it.
 *
 * @param definition file of a service's definition. Default: the package of the built-in ones
 */
export async function addPackage(stack: TestStack, language: Language, definition?: string): Promise<void> {
  const name = definition === undefined ? "apikeys" : path.basename(definition, ".json");
  const out = path.join(stack.dir, "generated");
  const files = definition === undefined ? [] : [path.join(stack.dir, definition)];
  const [folder] = await script("sdks/main.mts", "--out", out, "--languages", language, ...files);
  const place = path.join(stack.dir, "sdks", name);
  cpSync(String(folder), place, { recursive: true });
  if (language !== "python") return;
  await installPython(stack.dir, [place]);
  // The host that can be built here is older than the option `virtualenv` as the engine now tells it.
  stack.setEnv({ PATH: [path.join(stack.dir, "venv", "bin"), stack.env.PATH].join(path.delimiter) });
}
