import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const repository = path.resolve(__dirname, "../..");

/** Folders of what programs and policy packs import. */
const folders = ["sdk", "policy"];

/** As a user's own program is compiled. */
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.Node16,
  types: ["node"],
};

interface Example {
  /** The file and line at which it begins. */
  readonly place: string;
  readonly source: string;
}

function examplesOf(file: string): Example[] {
  const text = readFileSync(path.join(repository, file), "utf8");
  return [...text.matchAll(/^ \* @example\n \* ```ts\n(.*?)^ \* ```$/gms)].map((match) => ({
    place: `${file}:${text.slice(0, match.index).split("\n").length}`,
    source: (match[1] ?? "").replaceAll(/^ \* ?/gm, ""),
  }));
}

/** What the compiler says of each example, by its place: one program for all of them, for the libraries take the time. */
function problemsOf(examples: readonly Example[]): Record<string, string[]> {
  const folder = path.join(repository, "examples", "quickstart");
  const files = new Map(
    examples.map((example, index) => [path.join(folder, `example${index}.ts`), example] as const),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const example = files.get(name);
    return example
      ? ts.createSourceFile(name, example.source, ts.ScriptTarget.ES2023)
      : getSourceFile(name, ...rest);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const found: Record<string, string[]> = {};
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
    const place = files.get(file?.fileName ?? "")?.place ?? "elsewhere";
    found[place] = [...(found[place] ?? []), ts.flattenDiagnosticMessageText(messageText, "\n")];
  }
  return found;
}

/** Every name that a program can import from one of the package's entries, those within a service's namespace included. */
function publicExports(entry: string): Map<string, ts.Symbol> {
  const index = path.join(repository, entry);
  const program = ts.createProgram([index], options);
  const checker = program.getTypeChecker();
  const exportsOf = (module: ts.Symbol, prefix: string): [string, ts.Symbol][] =>
    checker.getExportsOfModule(module).flatMap((exported) => {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      const name = `${prefix}${exported.name}`;
      const isNamespace = (symbol.flags & ts.SymbolFlags.ValueModule) !== 0;
      return isNamespace ? exportsOf(symbol, `${name}.`) : [[name, symbol]];
    });
  const file = program.getSourceFile(index);
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error(`${entry} is no module any more.`);
  return new Map(exportsOf(module, ""));
}

describe("the docstrings of sdk/ and policy/", () => {
  it("have examples that compile", () => {
    const files = folders.flatMap((folder) =>
      readdirSync(path.join(repository, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => path.join(folder, file)),
    );
    const examples = files.flatMap(examplesOf);
    const marks = files.map(
      (file) => readFileSync(path.join(repository, file), "utf8").match(/@example/g)?.length ?? 0,
    );
    // An example that is laid out in another way would be compiled by nobody.
    expect(examples).toHaveLength(marks.reduce((sum, count) => sum + count, 0));
    expect(problemsOf(examples)).toEqual({});
  });

  const ofPrograms = ["defineService", "Rotation", "xentree.ApiKey", "sendkit.getApiKeysOutput"];

  it.each([
    ["sdk/index.ts", ofPrograms],
    ["sdk/plugin/index.ts", ofPrograms],
    ["policy/index.ts", ["apiKeysPolicies", "ApiKeysPolicyOptions"]],
  ])("tell of every public export of %s what it is, with an example", (entry, some) => {
    const exported = publicExports(entry);
    expect([...exported.keys()]).toEqual(expect.arrayContaining(some));
    const untold = [...exported].filter(
      ([, symbol]) => symbol.getDocumentationComment(undefined).length === 0,
    );
    const withoutExample = [...exported].filter(
      ([, symbol]) => !symbol.getJsDocTags().some(({ name }) => name === "example"),
    );
    expect({
      untold: untold.map(([name]) => name),
      withoutExample: withoutExample.map(([name]) => name),
    }).toEqual({
      untold: [],
      withoutExample: [],
    });
  });
});
