import path from "node:path";
import ts from "typescript";

const root = path.join(__dirname, "../..");
const file = path.join(root, "test/sdk/program-in-an-editor.ts");

/** A user's program; `|name` marks where the editor's cursor stands. */
const marked = `
import { applications, defineService, sendkit, xentree } from "pulumi-apikeys";
new xentree.ApiKey("ci", {
  |permissions: ["chat:read"],
  |rateLimitPerMinute: 60,
  |expiresIn: "90d",
  |rotation: { |every: "30d" },
});
const key = new applications.ApiKey("billing", { |applicationId: "123e4567-e89b-12d3-a456-426614174000" });
new sendkit.ApiKey("mail", { |workspaceId: "ws_production" });
key.|prefix;
key.|value;
`;

/** What an editor shows of the name under each cursor. */
function hovers(): Record<string, { type: string; comment: string }> {
  const source = marked.replaceAll("|", "");
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    types: [],
  };
  const readFile = (name: string) => (name === file ? source : ts.sys.readFile(name));
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  });
  const problems = service
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(problems).toEqual([]);

  const shown: Record<string, { type: string; comment: string }> = {};
  for (const { index, 1: name = "" } of marked.matchAll(/\|(\w+)/g)) {
    const position = index - (marked.slice(0, index).match(/\|/g)?.length ?? 0);
    const info = service.getQuickInfoAtPosition(file, position);
    shown[name] = {
      type: ts.displayPartsToString(info?.displayParts),
      comment: ts.displayPartsToString(info?.documentation),
    };
  }
  return shown;
}

describe("an editor", () => {
  let shown: ReturnType<typeof hovers> = {};
  beforeAll(() => {
    shown = hovers();
  });

  it.each([
    ["permissions", "What the key may do; order means nothing. Default: Xentree's own."],
    ["rateLimitPerMinute", "Requests a minute that the key may send. Default: Xentree's own."],
    [
      "expiresIn",
      'Lifetime that begins with each new key: a whole number of s, m, h, d or w, such as "90d".',
    ],
    ["rotation", "When and why the key is renewed. Default: never."],
    ["every", 'Longest life of a key: a whole number of s, m, h, d or w, such as "30d". Default: no limit.'],
    ["applicationId", "Application that the key belongs to, a uuid."],
    ["workspaceId", "Workspace whose key this is."],
    ["prefix", "The value's first characters, by which a key is recognised without knowing it."],
    ["value", "The key itself, a secret."],
  ])("shows what %s means", (name, comment) => {
    expect(shown[name]?.comment).toContain(comment);
  });

  it("shows types that a person can read", () => {
    expect(shown.permissions?.type).toBe("(property) permissions?: Input<Input<string>[]> | undefined");
    expect(shown.applicationId?.type).toBe("(property) applicationId: Input<string>");
    expect(shown.prefix?.type).toBe("(property) prefix: Output<string>");
  });
});
