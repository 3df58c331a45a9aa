import type { ExampleLanguage } from "../../provider/host/plugin/schema/examples.ts";

type Programs = Readonly<Record<ExampleLanguage, string>>;

const titles: Readonly<Record<ExampleLanguage, string>> = {
  typescript: "TypeScript",
  python: "Python",
  go: "Go",
  yaml: "YAML",
};

/** A program in each language, of which a reader opens one: Markdown has no tabs. */
export function languageTabs(programs: Programs): string {
  return (Object.keys(titles) as ExampleLanguage[])
    .map((language) => {
      const isOpen = language === "typescript" ? " open" : "";
      const fence = `\`\`\`${language}\n${programs[language]}\n\`\`\``;
      return `<details${isOpen}><summary>${titles[language]}</summary>\n\n${fence}\n\n</details>`;
    })
    .join("\n");
}
