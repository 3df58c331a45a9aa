import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Draft, draft as draftOf } from "../draft";
import { reasonOf } from "../provider/base/errors";
import { check } from "./check";
import { type Command, CommandError, parseOptions, UsageError } from "./command";
import { readFrom } from "./documentText";
import { json } from "./json";

const formats = ["ts", "json"];

export const draft: Command = {
  summary: "writes a service definition from the vendor's OpenAPI document",
  help: `Usage: pulumi-apikeys draft <document> [--name <name>] [--path <path>] [--format ts|json] [--out <file>]
                           [--live [--connection <name>] [--args <json>] [--stack <name>]]

Reads an OpenAPI document (2.0, 3.0 or 3.1, JSON or YAML), finds the resource of the API keys in it, and writes a
definition that \`pulumi-apikeys check\` accepts. Each part says where in the document it comes from. What the document
leaves open is marked "to be confirmed", with what was assumed.
It sends nothing without --live, fetches nothing, and reads no file outside of the document's folder.

Options:
  --name <name>        the service's name, such as acme. Default: after the host of the API
  --path <path>        the path of the key resource, such as /v1/keys. Default: the likeliest; where several are near
                       each other, they are listed with scores and reasons
  --format ts|json     ts: a module that exports the service, with comments. json: the definition alone, with what is
                       open on standard error. Default: by the end of --out, else ts
  --out <file>         the file to write. One that is there with other content is not overwritten. Default: standard
                       output
  --force              overwrite the file of --out
  --live               then try one throw-away key at the vendor, as \`pulumi-apikeys check --live\` does, after saying
                       which requests that sends. Needs --out. Takes --connection, --args and --stack of check.

Exit status: 0 when the definition was written, 1 when the document cannot be read or has no key resource, or several
to choose from, 2 when the command line is wrong. With --live also 1 when the vendor differs from the definition.
`,
  async run(args) {
    const { options, words } = parseOptions(
      args,
      {
        name: { type: "string" },
        path: { type: "string" },
        format: { type: "string" },
        out: { type: "string" },
        force: { type: "boolean" },
        live: { type: "boolean" },
        connection: { type: "string" },
        args: { type: "string" },
        stack: { type: "string" },
      },
      1,
    );
    const [file] = words;
    if (file === undefined) throw new UsageError("The document is missing.");
    const { name, out, live = false, connection, args: given, stack } = options;
    if (name !== undefined && !/^[a-z][a-z0-9-]*$/.test(name))
      throw new UsageError("--name needs lower-case letters, digits and hyphens, starting with a letter.");
    const format = options.format ?? (out?.endsWith(".json") ? "json" : "ts");
    if (!formats.includes(format)) throw new UsageError(`--format needs one of ${formats.join(", ")}.`);
    const ofCheck = { connection, args: given, stack };
    const lone = Object.entries(ofCheck).find(([, value]) => value !== undefined && !live);
    if (lone) throw new UsageError(`--${lone[0]} needs --live.`);
    if (live && out === undefined)
      throw new UsageError("--live needs --out: it tries the definition in that file.");

    const made = readFrom(() => draftOf(file, { name, path: options.path }));
    const text = format === "json" ? json(made.definition) : made.module;
    if (out === undefined) process.stdout.write(text);
    else write(out, text, options.force ?? false);
    if (out !== undefined || format === "json") tellQuestions(made.questions);
    if (live && out !== undefined) await checkLive(out, made, ofCheck);
  },
};

/** What somebody may have worked on is not overwritten. */
function write(out: string, text: string, force: boolean): void {
  try {
    if (existsSync(out) && !force && readFileSync(out, "utf8") !== text) {
      throw new CommandError(
        `${out} is there already, with other content. Name another file with --out, or overwrite it with --force.`,
      );
    }
    writeFileSync(out, text);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${out} cannot be written: ${reasonOf(error)}.`);
  }
}

function tellQuestions(questions: readonly string[]): void {
  if (questions.length === 0) return;
  const lines = questions.map((question) => `  ${question}\n`);
  process.stderr.write(`To be confirmed:\n${lines.join("")}`);
}

/** Goes on with `check --live`, which shows each request before it sends the first. */
async function checkLive(
  out: string,
  { definition }: Draft,
  given: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  process.stderr.write(
    `Going on with: pulumi-apikeys check ${out} --live. It creates a throw-away key of ${String(definition.name)}, reads, lists and changes it as ` +
      "far as the definition can, and revokes it, by these requests:\n",
  );
  const options = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  await check.run([out, "--live", ...options]);
}
