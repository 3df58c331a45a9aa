import { connect } from "../../provider/api/connect";
import { configKey } from "../../provider/base/settingNames";
import { unknownValue } from "../../provider/base/unknown";
import { type Connection, Connections } from "../../provider/connection/connections";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { examine } from "../../provider/definition/examine";
import { builtInNames, problemText, resolveService } from "../../provider/definition/registry";
import { identityProblem } from "../../provider/definition/rules/tenant";
import { operationContext } from "../../provider/host/operation";
import { parsedObject } from "../../provider/json/members";
import { check as checkInputs, readArguments } from "../../provider/lifecycle";
import { type Command, CommandError, parseOptions, printLine, UsageError } from "../command";
import { connectionConfig } from "../connectionConfig";
import { definitionIn } from "../definitionFile";
import { dryRun } from "./dryRun";
import { tryLive } from "./live";
import { sampleInputs, samplePathParameters, withExpiry, withName } from "./sample";

export const check: Command = {
  summary: "finds the mistakes in a service definition, and tries it without or with the vendor",
  help: `Usage: pulumi-apikeys check <definition> [--connection <name>] [--args <json>] [--live] [--stack <name>]
       pulumi-apikeys check <definition> --against <document>

Finds every mistake in a service definition, then shows the request of each operation, with names in place of secrets.
It sends nothing without --live.

<definition> is a JSON file, a module that exports a definition or the result of defineService(), or the name of a
service that is built in or in the catalog, such as openai.

Options:
  --connection <name>  the connection: its base URL is shown, and its settings are checked. Settings come from the
                       environment (APIKEYS_<CONNECTION>_TOKEN and so on), then from ${configKey} in
                       the config of the stack, if there is one here. Default with --live: the service's name.
  --args <json>        arguments of the key, such as '{"permissions":["read"]}', those included that say where it
                       belongs. Default without --live: examples.
  --live               create one throw-away key at the vendor, read it, list it, update and rotate it where the
                       definition can, and revoke it. An update sets fields to the values that the key has. Report for
                       each field whether the response agrees with the definition, and what else the response has.
  --stack <name>       the stack whose config is read. Default: the selected one.
  --against <document> compare the definition with an OpenAPI document of the vendor (2.0, 3.0 or 3.1, JSON or YAML),
                       such as a newer one, and say what changed: each with the place in the document, and what it
                       means for keys. What matters begins with !, and what is only new with +. A part of which the
                       document says nothing is no difference. It sends and fetches nothing, and goes with no other
                       option.

Exit status: 0 when all is well, 1 when the definition has mistakes or the vendor differs from it, 2 when the command
line is wrong. With --against: 0 when nothing changed that matters for keys, 1 when something did or the document
cannot be read.
`,
  async run(args) {
    const { options, words } = parseOptions(
      args,
      {
        connection: { type: "string" },
        args: { type: "string" },
        live: { type: "boolean" },
        stack: { type: "string" },
        against: { type: "string" },
      },
      1,
    );
    const [file] = words;
    if (file === undefined) throw new UsageError("The definition is missing.");
    const { against, ...others } = options;
    const [other] = Object.keys(others);
    if (against !== undefined && other !== undefined)
      throw new UsageError(`--against sends nothing, so it does not go with --${other}.`);
    const { definition, service } = await definitionOf(file);
    const problem = identityProblem(definition);
    if (problem !== undefined) throw new CommandError(`${file} has one mistake:\n  ${problem}`);
    printLine(`${file}: no mistakes in the definition of ${definition.title}.`);
    if (against !== undefined) {
      comparison().checkAgainst(definition, against, printLine);
      return;
    }
    const given = parseArguments(options.args);
    const pathParameters = { ...samplePathParameters(definition), ...pathParametersIn(definition, given) };
    if (options.args !== undefined) refuseMistakes(definition, { ...given, ...pathParameters });
    const live = options.live === true;
    const named = options.connection ?? (live ? definition.name : undefined);
    const config = named === undefined ? undefined : await connectionConfig(options.stack);
    const connection = named === undefined ? undefined : resolved(config, named, definition);
    for (const section of dryRun({
      definition,
      connection,
      pathParameters,
      inputs:
        options.args === undefined
          ? sampleInputs(definition, Date.now())
          : withExpiry(withName(definition, given), Date.now()),
      nowMs: Date.now(),
    })) {
      printLine(`\n${section}`);
    }
    if (!live || !connection) return;
    printLine("");
    const operation = operationContext(config);
    const good = await tryLive({ operation, definition, service, connection, args: given, print: printLine });
    if (!good) throw new CommandError("\nThe vendor differs from the definition where a line begins with !.");
    printLine("\nThe vendor does as the definition says.");
  },
};

/** What reads documents is not loaded for a check without one. */
function comparison(): typeof import("./against") {
  return require("./against");
}

async function definitionOf(file: string) {
  if (builtInNames().includes(file)) {
    return { definition: resolveService({ service: file }), service: { service: file } };
  }
  const written = await definitionIn(file);
  const { definition, problems } = examine(written);
  if (definition) return { definition, service: { service: definition.name, definition: written } };
  const count = problems.length === 1 ? "one mistake" : `${problems.length} mistakes`;
  throw new CommandError(
    `${file} has ${count}:\n${problems.map((problem) => `  ${problemText(problem)}`).join("\n")}`,
  );
}

function parseArguments(text: string | undefined): Record<string, unknown> {
  const given = text === undefined ? {} : parsedObject(text);
  if (given !== undefined) return given;
  throw new UsageError('--args needs a JSON object, such as \'{"name":"ci"}\'.');
}

/** A program with these arguments would be refused, so no request shows them. Its connection is judged by itself. */
function refuseMistakes(definition: ServiceDefinition, given: Readonly<Record<string, unknown>>): void {
  const service = { name: definition.name, definition };
  const { inputs, problems } = readArguments(service, withName(definition, given));
  const asked = { ...inputs, connection: unknownValue } as const;
  const mistakes =
    problems.length > 0 ? problems : checkInputs(operationContext(undefined), "", undefined, asked).failures;
  // It is plain from the command line whose argument it is.
  const told = mistakes.map((mistake) => mistake.replace(`${definition.name}.ApiKey: `, ""));
  if (told.length > 0) throw new CommandError(`--args: ${told.join("\n--args: ")}`);
}

function pathParametersIn(
  { pathParameters }: ServiceDefinition,
  given: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const own = Object.keys(pathParameters).filter((name) => given[name] !== undefined);
  return Object.fromEntries(own.map((name) => [name, String(given[name])]));
}

function resolved(config: string | undefined, name: string, definition: ServiceDefinition): Connection {
  const connection = new Connections(config, process.env).resolve(name, definition);
  // Sends nothing, and fails when the service does not accept these credentials.
  connect(definition, connection);
  return connection;
}
