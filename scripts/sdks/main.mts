/**
 * Writes packages for Node.js, Python, Go and .NET into sdks/, as Pulumi's own generators make them of the plugin's
 * schema: `npm run sdks`. Of definitions it makes packages too: `npm run sdks -- --out ../sdks ./acme.json`.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { interruptible } from "../builds/interruptible.mts";
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

await interruptible(async (signal) => {
  const generator = await generators(log, signal);
  const definitions = positionals.map((file): unknown => JSON.parse(readFileSync(file, "utf8")));
  for (const definition of definitions.length > 0 ? definitions : [undefined]) {
    const of = { definition, isOnlyChecked: values.check === true, languages: wanted() };
    for (const folder of await write(generator, values.out, of)) process.stdout.write(`${folder}\n`);
  }
});

function wanted(): readonly Language[] {
  if (values.languages === undefined) return languages;
  return values.languages.split(",").map((name) => {
    const found = languages.find((language) => language === name);
    if (!found)
      throw new Unavailable(`There is no generator for ${name}: there are ${languages.join(", ")}.`);
    return found;
  });
}
