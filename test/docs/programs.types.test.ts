import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const repository = path.resolve(__dirname, "../..");

/** The TypeScript programs in a document, each with the line at which it begins. */
function programsOf(document: string): [place: string, source: string][] {
  const text = readFileSync(path.join(repository, document), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => {
    const line = text.slice(0, match.index).split("\n").length + 1;
    return [`${document}:${line}`, match[1] ?? ""];
  });
}

/** The libraries, which each program would have parsed anew. */
const libraries = new Map<string, ts.SourceFile | undefined>();

describe("a program in the documents", () => {
  it.each(["README.md", "CONTRIBUTING.md", "docs/rotation.md", "docs/lookup.md"].flatMap(programsOf))(
    "at %s compiles as a user would compile it",
    (_place, source) => {
      const file = path.join(repository, "examples", "quickstart", "document.ts");
      const options: ts.CompilerOptions = {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.Node16,
        types: ["node"],
      };
      const host = ts.createCompilerHost(options);
      const { getSourceFile, fileExists } = host;
      host.fileExists = (name) => name === file || fileExists(name);
      host.getSourceFile = (name, ...rest) => {
        if (name === file) return ts.createSourceFile(name, source, ts.ScriptTarget.ES2023);
        if (!libraries.has(name)) libraries.set(name, getSourceFile(name, ...rest));
        return libraries.get(name);
      };
      const problems = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host));
      expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual(
        [],
      );
    },
  );
});
