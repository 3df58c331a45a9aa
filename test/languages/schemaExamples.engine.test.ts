import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type ExampleLanguage, examplePrograms } from "../../provider/host/plugin/schema/examples";
import { repository } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import type { TestStack } from "../support/engine/stack";
import { addPackages, languageExample, useLanguage } from "../support/languages/languageStack";
import { describeIn, type Language } from "../support/languages/toolchains";

const modules = Object.keys(examplePrograms);
const title = "the examples in the schema's descriptions, in";

/** Previews the example of each module, as the program of a stack. */
function previewAll(
  language: ExampleLanguage,
  stackOf: () => TestStack,
  project: string,
  file: string,
): void {
  it.each(modules)("plans the key of %s", async (module) => {
    const source = String(examplePrograms[module]?.[language]);
    const stack = stackOf();
    writeFileSync(path.join(stack.dir, "Pulumi.yaml"), project);
    writeFileSync(path.join(stack.dir, file), file === "Pulumi.yaml" ? project + source : source);
    stack.setEnv({ APIKEYS_ACME_TOKEN: "a token that a preview does not send" });
    const { output } = await stack.preview();
    expect(output).toMatch(/ApiKey \w+ create/);
  });
}

const files: Readonly<Record<Language, string>> = {
  yaml: "Pulumi.yaml",
  python: "__main__.py",
  go: "main.go",
};

describe.each(["yaml", "python", "go"] as const)(title, (language) => {
  describeIn(language, language, () => {
    const at = useLanguage(language, languageExample(language));
    beforeAll(async () => {
      if (language !== "yaml") await addPackages(at.stack, language);
    });
    previewAll(
      language,
      () => at.stack,
      `name: apikeys-${language}\nruntime: ${language}\n`,
      files[language],
    );
  });
});

describe(`${title} TypeScript`, () => {
  const settings = readFileSync(path.join(repository, "examples/rotation/tsconfig.json"), "utf8");
  const at = useStack("suite", () => (dir) => {
    writeFileSync(path.join(dir, "Pulumi.yaml"), "name: examples\nruntime: nodejs\n");
    writeFileSync(path.join(dir, "tsconfig.json"), settings);
  });
  const project = "name: examples\nruntime: nodejs\nmain: index.ts\n";
  previewAll("typescript", () => at.stack, project, "index.ts");
});
