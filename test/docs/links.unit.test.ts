import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "examples/services/README.md",
  ...["downstream", "languages"].flatMap((folder) =>
    readdirSync(path.join(repository, "examples", folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("README.md"))
      .map((file) => `examples/${folder}/${file}`),
  ),
  ...readdirSync(path.join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

/** The anchors that GitHub makes of a document's headings. */
function anchorsOf(file: string): Set<string> {
  const headings = readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

describe("a document's links", () => {
  it.each(documents)("in %s lead to files and headings that exist", (document) => {
    const file = path.join(repository, document);
    const text = readFileSync(file, "utf8").replaceAll(/^```.*?^```$/gms, "");
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const broken = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [target = "", anchor] = link.split("#");
      const to = target === "" ? file : path.resolve(path.dirname(file), target);
      return !existsSync(to) || (anchor !== undefined && !anchorsOf(to).has(anchor));
    });
    expect(broken).toEqual([]);
  });
});
