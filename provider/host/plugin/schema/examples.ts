import { applications } from "./programs/applications";
import { generic } from "./programs/generic";
import { sendkit } from "./programs/sendkit";
import { xentree } from "./programs/xentree";

/** Languages that have a tab in the registry. */
export type ExampleLanguage = "yaml" | "typescript" | "python" | "go";

/** The example of each module; test/languages runs them all. */
export const examplePrograms: Readonly<Record<string, Readonly<Record<ExampleLanguage, string>>>> = {
  xentree,
  applications,
  sendkit,
  index: generic,
};

/** The example in the description of a key's type, in each language that has a tab in the registry. */
export function example(module: string): string {
  const tabs = Object.entries(examplePrograms[module] ?? {}).map(
    ([language, source]) => `\`\`\`${language}\n${source}\n\`\`\`\n`,
  );
  return [
    "{{% examples %}}\n## Example Usage\n{{% example %}}\n",
    ...tabs,
    "{{% /example %}}\n{{% /examples %}}",
  ].join("\n");
}
