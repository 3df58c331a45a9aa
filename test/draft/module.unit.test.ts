import path from "node:path";
import vm from "node:vm";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { draft } from "../../draft";
import { documentFolder, keyDocument } from "../support/keyDocument";

const { file, remove } = documentFolder();
afterAll(remove);

/** The definition that a module gives to `defineService`. */
function definitionOf(module: string): unknown {
  const { outputText } = transpileModule(module, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
    reportDiagnostics: true,
  });
  const given: unknown[] = [];
  const require = () => ({ defineService: (definition: unknown) => given.push(JSON.stringify(definition)) });
  vm.runInNewContext(outputText, { exports: {}, require });
  expect(given).toHaveLength(1);
  return JSON.parse(String(given[0]));
}

it.each(["digitalocean", "kong", "linode", "openai", "pinecone", "resend", "sendgrid", "workos"])(
  "is for %s the definition, each question beside its part",
  (vendor) => {
    const { definition, module, questions } = draft(
      path.join(__dirname, "../support/openapi/documents", `${vendor}.json`),
    );
    expect(definitionOf(module)).toEqual(definition);
    const asked = module.match(/\/\/ to be confirmed: /g) ?? [];
    expect(asked).toHaveLength(questions.length);
  },
);

it("holds nothing of the document that could end a comment or rule a terminal", () => {
  const wicked =
    "\u001b[2J */ process.exit(1); /* \u2028 // \r\n process.exit(2) \u202e ` $" + "{process.exit(3)}";
  const document = keyDocument();
  document.info.title = wicked;
  const { post } = document.paths["/keys"] as { post: Record<string, unknown> };
  post.summary = `Create an API key ${wicked}`;
  const text = JSON.stringify(document)
    .replace('"A note."', JSON.stringify(wicked))
    .replace('"note"', JSON.stringify(`note ${wicked}`));
  const { module, definition, questions } = draft(file("wicked.json", text), { name: "class" });
  expect(definitionOf(module)).toEqual(definition);
  expect(module).toContain("export const classService = ");
  expect(`${module}${questions.join("\n")}`).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

it("cuts what is long", () => {
  const document = keyDocument();
  document.info.title = "Acme ".repeat(10_000);
  const text = JSON.stringify(document).replace('"A note."', JSON.stringify("word ".repeat(100_000)));
  expect(draft(file("long.json", text)).module.length).toBeLessThan(3_000);
});
