import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { commands } from "../../cli/commands";

const repository = path.resolve(__dirname, "../..");
const read = (file: string) => readFileSync(path.join(repository, file), "utf8");

const helpOf = new Map(Object.entries(commands).map(([name, load]) => [name, load().help]));
const filesIn = (folder: string, ending: string) =>
  readdirSync(path.join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`);
const runbooks = filesIn("docs/runbooks", ".md");

describe("a command in the documents", () => {
  it.each(["README.md", ...filesIn("docs", ".md")])(
    "in %s exists, and so does each of its options",
    (document) => {
      // A command ends with its line or its code, or where the shell has something else to do.
      const written = [
        ...read(document).matchAll(/npx pulumi-apikeys(?:@<version>)? ([a-z]+)([^\n`|>;#]*)/g),
      ].map(([, name = "", rest = ""]) => [name, ...(rest.split(" -- ")[0]?.match(/--[a-z][\w-]*/g) ?? [])]);
      const unknown = written.filter(([name = "", ...options]) => {
        const help = helpOf.get(name);
        return help === undefined || options.some((option) => !new RegExp(`${option}(?![\\w-])`).test(help));
      });
      expect(unknown).toEqual([]);
    },
  );

  it("is found where there is one", () => {
    expect(runbooks.filter((runbook) => !read(runbook).includes("npx pulumi-apikeys "))).toEqual([]);
  });
});

/** What the package can print: sources whose texts have words for what is filled in, and the matrix of faults, which a test holds. */
const printed = [
  ...filesIn("provider", ".ts").map(read),
  read("test/reliability/matrix.json").replaceAll('\\"', '"'),
];

describe("a runbook", () => {
  it.each(runbooks)("%s fits on a screen", (runbook) => {
    expect(read(runbook).split("\n").length).toBeLessThanOrEqual(46);
  });

  it.each(runbooks)("%s quotes what is printed", (runbook) => {
    const quoted = [...read(runbook).matchAll(/“([^”]+)”/g)].map(([, quote = ""]) =>
      quote.replaceAll(/\s+/g, " "),
    );
    expect(quoted.filter((quote) => !printed.some((source) => source.includes(quote)))).toEqual([]);
  });

  it("quotes something", () => {
    expect(runbooks.map(read).join("").match(/“/g)?.length).toBeGreaterThan(8);
  });
});
