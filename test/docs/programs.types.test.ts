import path from "node:path";
import ts from "typescript";
import { programsOf } from "../support/documents";

const repository = path.resolve(__dirname, "../..");

/** The libraries, which each program would have parsed anew. */
const libraries = new Map<string, ts.SourceFile | undefined>();

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/rotation.md",
  "docs/lookup.md",
  "docs/delivery.md",
  "docs/policy.md",
  "docs/governance.md",
  "docs/services/README.md",
];

describe("a program in the documents", () => {
  it.each(documents.flatMap(programsOf))("at $place compiles as a user would compile it", ({ source }) => {
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
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  });
});
