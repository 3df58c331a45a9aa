/**
 * Writes the parts of the documents that follow from the code; with --check, fails where they no longer do.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ServiceDefinition } from "../../provider/service/definition.ts";
import type { Cell } from "../../test/reliability/matrix.ts";
import { evidenceTable } from "./evidence.mts";
import { matrixTables } from "./reliability.mts";

const require = createRequire(import.meta.url);
const { builtInNames, resolveService } = require("../../dist/provider/service/registry.js") as {
  builtInNames(): string[];
  resolveService(properties: { service: string }): ServiceDefinition;
};

const matrix = require("../../test/reliability/matrix.json") as Readonly<Record<string, Cell>>;

/** What stands in a document from behind one line up to another. */
interface Part {
  readonly file: string;
  readonly after: string;
  readonly before: string;
  readonly text: string;
}

const parts: readonly Part[] = [
  {
    file: "README.md",
    after: "| service | part | how we know |\n| --- | --- | --- |\n",
    before: "\n\n",
    text: evidenceTable(builtInNames().map((service) => resolveService({ service }))),
  },
  {
    file: "docs/reliability.md",
    after: "<!-- The tables are made by `npm run docs` from test/reliability/matrix.json. -->\n\n",
    before: "\n\n<!-- End of the tables. -->",
    text: matrixTables(matrix),
  },
];

for (const { file, after, before, text } of parts) {
  const url = new URL(`../../${file}`, import.meta.url);
  const old = readFileSync(url, "utf8");
  const start = old.indexOf(after) + after.length;
  if (start < after.length) throw new Error(`${file} has no place for what is made from the code.`);
  const made = old.slice(0, start) + text + old.slice(old.indexOf(before, start));
  if (!process.argv.includes("--check")) {
    writeFileSync(url, made);
  } else if (made !== old) {
    console.error(`A part of ${file} no longer follows from the code; run: npm run docs`);
    process.exitCode = 1;
  }
}
