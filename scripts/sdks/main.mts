/**
 * Writes packages for Node.js, Python, Go and .NET into sdks/, as Pulumi's own generators make them of the plugin's
 * schema: `npm run sdks`. Of definitions it makes packages too: `npm run sdks -- --out ../sdks ./acme.json`.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Unavailable } from "../engine/unavailable.mts";
import { generators, type Language, languages, write } from "./generate.mts";

const { values, positionals } = parseArgs({
  options: {
    out: { type: "string", default: "sdks" },
    languages: { type: "string" },
    check: { type: "boolean" },
  },
  allowPositionals: true,
});
const log = (line: string) => process.stderr.write(`sdks: ${line}\n`);
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());

try {
  const generator = await generators(log, interruption.signal);
  const definitions = positionals.map((file): unknown => JSON.parse(readFileSync(file, "utf8")));
  for (const definition of definitions.length > 0 ? definitions : [undefined]) {
    const of = { definition, isOnlyChecked: values.check === true, languages: wanted() };
    for (const folder of await write(generator, values.out, of)) process.stdout.write(`${folder}\n`);
  }
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}

function wanted(): readonly Language[] {
  if (values.languages === undefined) return languages;
  return values.languages.split(",").map((name) => {
    const found = languages.find((language) => language === name);
    if (!found)
      throw new Unavailable(`There is no generator for ${name}: there are ${languages.join(", ")}.`);
    return found;
  });
}
