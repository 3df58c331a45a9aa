/**
 * Writes the parts of the README that follow from the code; with --check, fails where they no longer do.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ServiceDefinition } from "../../provider/service/definition.ts";
import { evidenceTable } from "./evidence.mts";

const require = createRequire(import.meta.url);
const { builtInNames, resolveService } = require("../../dist/provider/service/registry.js") as {
  builtInNames(): string[];
  resolveService(properties: { service: string }): ServiceDefinition;
};

const readme = new URL("../../README.md", import.meta.url);
const before = readFileSync(readme, "utf8");
const table = evidenceTable(builtInNames().map((service) => resolveService({ service })));
const header = "| service | part | how we know |\n| --- | --- | --- |\n";
const start = before.indexOf(header) + header.length;
const after = before.slice(0, start) + table + before.slice(before.indexOf("\n\n", start));

if (!process.argv.includes("--check")) {
  writeFileSync(readme, after);
} else if (after !== before) {
  console.error(
    "The README's table of what is assumed no longer follows from the definitions; run: npm run docs",
  );
  process.exitCode = 1;
}
