/**
 * Writes the parts of the documents that follow from the code; with --check, fails where they no longer do.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chart } from "../../bench/report/chart.mts";
import type { Results } from "../../bench/results.mts";
import type { rules as Rules } from "../../policy/rules/index.ts";
import type * as Credentials from "../../provider/definition/credentials.ts";
import type { ServiceDefinition } from "../../provider/definition/definition.ts";
import type * as Examples from "../../provider/host/plugin/schema/examples.ts";
import type { Cell } from "../../test/reliability/matrix.ts";
import { connectionTable, limitTable } from "./connections.mts";
import { definitionTables, type Schema } from "./definitionTables.mts";
import { definitionTypes } from "./definitionTypes.mts";
import { evidenceTable } from "./evidence.mts";
import { fieldTables, memberTable, serviceTable } from "./keys.mts";
import { languageTabs } from "./languageTabs.mts";
import { performanceTables } from "./performance.mts";
import { policySections, policyTable, type Violations } from "./policy.mts";
import { withRegion } from "./region.mts";
import { matrixTables } from "./reliability.mts";
import { roomsPicture } from "./rooms.mts";
import { storyOf } from "./rotationStory.mts";
import { schemaTexts } from "./schemaTexts.mts";
import { servicePages } from "./services.mts";
import { timeline } from "./timeline.mts";

const require = createRequire(import.meta.url);
const { builtInNames, resolveService } = require("../../dist/provider/definition/registry.js") as {
  builtInNames(): string[];
  resolveService(properties: { service: string }): ServiceDefinition;
};

const { credentialsOf } = require("../../dist/provider/definition/credentials.js") as typeof Credentials;

const { examplePrograms } = require("../../dist/provider/host/plugin/schema/examples.js") as typeof Examples;

const { z } = require("zod") as typeof import("zod");
const { serviceSchema } = require("../../dist/provider/definition/schema/definition.js");
const definitionSchema = z.toJSONSchema(serviceSchema, { io: "input" }) as Schema;
const measured = require("../../bench/results.json") as Results;

const matrix = require("../../test/reliability/matrix.json") as Readonly<Record<string, Cell>>;

const { rules } = require("../../dist/policy/rules/index.js") as { rules: typeof Rules };
const violations = require("../../test/policy/violations.json") as Violations;

/** A key of examples/rotation from its first night on. The `up` of one late night comes five nights after its date. */
const schedule = { every: "30d", overlap: "7d", expiresIn: "90d" };
const story = storyOf(schedule, Date.parse("2026-06-01T02:00:00Z"), 130, new Set([60, 61, 62, 63, 64]));

const rooms = await roomsPicture();
const builtIn = builtInNames().map((service) => resolveService({ service }));

/** For each document, a function that makes it anew from its present text. */
const documents: readonly (readonly [file: string, made: (old: string) => string])[] = [
  [
    "docs/reference.md",
    regions({
      connections: connectionTable(),
      limits: limitTable(),
      arguments: memberTable("argument", ["CommonArgs", "ExpiryArgs"]),
      rotation: memberTable("argument", ["Rotation"]),
      outputs: memberTable("output", ["CommonOutputs"]),
      services: serviceTable(builtIn, credentialsOf),
      fields: fieldTables(builtIn),
      evidence: evidenceTable(builtIn),
    }),
  ],
  [
    "docs/reliability.md",
    between(
      "<!-- The tables are made by `npm run docs` from test/reliability/matrix.json. -->\n\n",
      undefined,
      `${matrixTables(matrix)}\n`,
    ),
  ],
  [
    "docs/define-a-service.md",
    between(
      "<!-- The tables are made by `npm run docs` from provider/definition/schema. -->\n\n",
      undefined,
      `${definitionTables(definitionSchema)}\n`,
    ),
  ],
  [
    "docs/languages.md",
    regions(
      Object.fromEntries(
        Object.entries(examplePrograms).map(([name, programs]) => [name, languageTabs(programs)]),
      ),
    ),
  ],
  ["docs/policy.md", regions({ rules: policyTable(rules), prints: policySections(rules, violations) })],
  ["provider/definition/input.ts", () => definitionTypes(definitionSchema)],
  ["provider/host/plugin/schema/texts.ts", () => schemaTexts(builtInNames())],
  ["docs/rotation.svg", () => timeline(story, schedule)],
  [
    "docs/performance.md",
    between(
      "<!-- What follows is made by `npm run docs` from bench/results.json. -->\n\n",
      undefined,
      `${performanceTables(measured)}\n`,
    ),
  ],
  ["docs/performance.svg", () => chart(measured)],
  ["docs/rooms.svg", () => rooms],
  ...servicePages(credentialsOf).map(([file, text]) => [file, () => text] as const),
];

/** Puts each text into the region of its name. */
function regions(texts: Readonly<Record<string, string>>): (old: string) => string {
  return (old) =>
    Object.entries(texts).reduce((document, [name, text]) => withRegion(document, name, text), old);
}

/**
 * Puts a text between two others that stay.
 *
 * @param before the text after it; undefined for the end of the document
 */
function between(after: string, before: string | undefined, text: string): (old: string) => string {
  return (old) => {
    const start = old.indexOf(after) + after.length;
    const end = before === undefined ? old.length : old.indexOf(before, start);
    if (start < after.length || end < 0)
      throw new Error("A document has no place for what is made from the code.");
    return old.slice(0, start) + text + old.slice(end);
  };
}

for (const [file, make] of documents) {
  const url = new URL(`../../${file}`, import.meta.url);
  const old = existsSync(url) ? readFileSync(url, "utf8") : "";
  const made = make(old);
  if (!process.argv.includes("--check")) {
    writeFileSync(url, made);
  } else if (made !== old) {
    console.error(`${file} no longer follows from the code; run: npm run docs`);
    process.exitCode = 1;
  }
}
