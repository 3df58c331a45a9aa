import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");
const read = (file: string) => readFileSync(path.join(repository, file), "utf8");

/** What docs/errors.md says under each of its headings. */
const sections = new Map(
  read("docs/errors.md")
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string] => {
      const [heading = "", ...lines] = section.split("\n");
      return [heading, lines.join("\n")];
    }),
);

const codes = [...read("provider/base/errors.ts").matchAll(/^ {2}\| "([A-Z_]+)"/gm)].map(
  ([, code = ""]) => code,
);

describe("docs/errors.md", () => {
  it("explains every code and no other", () => {
    expect(codes).toContain("ORPHAN_SUSPECTED");
    expect([...sections.keys()].filter((heading) => /^[A-Z_]+$/.test(heading)).sort()).toEqual(
      [...codes].sort(),
    );
  });

  it.each(codes)("shows a message of %s and what to do", (code) => {
    const section = sections.get(code) ?? "";
    expect(section).toMatch(/^> \S/m);
    expect(section).toMatch(/^\*\*What to do:\*\* \S/m);
  });

  it("has every exit status of the command line", () => {
    const statuses = readdirSync(path.join(repository, "cli"), { encoding: "utf8", recursive: true })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [...read(`cli/${file}`).matchAll(/exitCode(?:: number)? = (\d)/g)])
      .map(([, status]) => Number(status));
    expect(statuses).toContain(3);
    const rows = [...(sections.get("Exit statuses of the command line") ?? "").matchAll(/^\| (\d) \|/gm)];
    expect(rows.map(([, status]) => Number(status))).toEqual([...new Set([0, ...statuses])].sort());
  });
});
