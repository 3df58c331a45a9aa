import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type ExampleLanguage, examplePrograms } from "../../provider/host/plugin/schema/examples";
import { repository } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import type { TestStack } from "../support/engine/stack";
import { addPackages, languageExample, useLanguage } from "../support/languages/languageStack";
import { describeIn } from "../support/languages/toolchains";

const modules = Object.keys(examplePrograms);
const title = "the examples in the schema's descriptions, in";
const sourceOf = (module: string, language: ExampleLanguage) => String(examplePrograms[module]?.[language]);

/** Has a stack preview a program, and shows which keys it would create. */
async function planned(stack: TestStack, files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(stack.dir, file), text);
  stack.setEnv({ APIKEYS_ACME_TOKEN: "a token that a preview does not send" });
  const { output } = await stack.preview();
  return [...output.matchAll(/apikeys:(\w+):ApiKey \w+ create/g)].map(([, module]) => String(module)).sort();
}

/** What makes one program of all of a language, each of whose examples is a program: a start takes longer than a key. */
const joined = {
  python: {
    file: (module: string) => `of_${module}.py`,
    whole: { "__main__.py": modules.map((module) => `import of_${module}\n`).join("") },
    part: (source: string) => source,
  },
  go: {
    file: (module: string) => `of_${module}.go`,
    whole: {
      "main.go": `package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

var examples []pulumi.RunFunc

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		for _, example := range examples {
			if err := example(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
`,
    },
    part: (source: string) =>
      source.replace("func main() {\n\tpulumi.Run(", "func init() {\n\texamples = append(examples, "),
  },
  typescript: {
    file: (module: string) => `of_${module}.ts`,
    whole: { "index.ts": modules.map((module) => `import "./of_${module}";\n`).join("") },
    part: (source: string) => source,
  },
};

function filesOf(language: keyof typeof joined): Readonly<Record<string, string>> {
  const { file, whole, part } = joined[language];
  const parts = modules.map((module) => [file(module), part(sourceOf(module, language))]);
  return { ...Object.fromEntries(parts), ...whole };
}

const all = [...modules].sort();
const project = (name: string, runtime: string, more = "") => ({
  "Pulumi.yaml": `name: ${name}\nruntime: ${runtime}\n${more}`,
});

describe.each(["python", "go"] as const)(title, (language) => {
  describeIn(language, language, () => {
    const at = useLanguage(language, languageExample(language));
    beforeAll(() => addPackages(at.stack, language));

    it("are programs, which plan their keys", async () => {
      expect(
        await planned(at.stack, { ...project(`apikeys-${language}`, language), ...filesOf(language) }),
      ).toEqual(all);
    });
  });
});

describeIn("yaml", `${title} yaml`, () => {
  const at = useLanguage("yaml", languageExample("yaml"));

  it.each(modules)("plan the key of %s", async (module) => {
    expect(await planned(at.stack, project("apikeys-yaml", "yaml", sourceOf(module, "yaml")))).toEqual([
      module,
    ]);
  });
});

describe(`${title} TypeScript`, () => {
  const settings = readFileSync(path.join(repository, "examples/rotation/tsconfig.json"), "utf8");
  const files = { ...project("examples", "nodejs", "main: index.ts\n"), "tsconfig.json": settings };
  const at = useStack("suite", () => (dir) => {
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(dir, file), text);
  });

  it("are programs, which plan their keys", async () => {
    expect(await planned(at.stack, filesOf("typescript"))).toEqual(all);
  });
});
