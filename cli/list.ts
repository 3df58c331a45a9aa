import { ApiKeysError } from "../provider/base/errors";
import type { ServiceDefinition } from "../provider/definition/definition";
import { operationContext } from "../provider/host/operation";
import { keysWithGap, type LookupArgs, placeOf, readLook } from "../provider/lookup";
import { type Command, parseOptions, UsageError } from "./command";
import { connectionConfig } from "./connectionConfig";
import { json } from "./json";
import { keyColumns } from "./keyColumns";
import { chosenService } from "./serviceOption";
import { table } from "./table";

export const list: Command = {
  summary: "prints the keys that a vendor has, with the ids by which `adopt` takes them over",
  help: `Usage: pulumi-apikeys list --connection <name> [--service <name> | --definition <file>]
                           [--parent <name>=<value>]... [--stack <name>] [--json]

Prints every key that the connection can see, whether Pulumi manages it or not. It prints no value: PREFIX is the
beginning that the vendor itself shows. Settings of the connection come from the environment first
(APIKEYS_<CONNECTION>_TOKEN and so on), then, in a project's folder, from the config of its stack, as for \`pulumi up\`.

Options:
  --connection <name>        the connection.
  --service <name>           the service. Default: the connection's setting \`service\`, or its name.
  --definition <file>        a definition of your own, JSON or a module, in place of --service.
  --parent <name>=<value>    a path parameter, such as applicationId=123e4567-…; once for each.
  --stack <name>             the stack whose config is read. Default: the selected one, if there is any.
  --json                     print JSON: a list of objects with the fields under the names that programs use.

Where the vendor's list shows no more than so many keys, and shows as many, a sentence on standard error says so.
`,
  async run(args) {
    const { options } = parseOptions(args, {
      connection: { type: "string" },
      service: { type: "string" },
      definition: { type: "string" },
      parent: { type: "string", multiple: true },
      stack: { type: "string" },
      json: { type: "boolean" },
    });
    const { connection, service, definition: file } = options;
    if (!connection) throw new UsageError("--connection is missing: name the connection to look through.");
    if (service !== undefined && file !== undefined)
      throw new UsageError("--service and --definition exclude each other.");
    const pathParameters = pathParametersFrom(options.parent ?? []);
    const operation = operationContext(await connectionConfig(options.stack));
    const definition = await chosenService(operation.connections, { connection, service, definition: file });
    const wanted = lookupArgs(definition, { ...pathParameters, connection }, operation.now());
    const { keys, gap } = await keysWithGap(
      placeOf(operation, definition, wanted.connection, wanted.pathParameters),
      operation.now(),
    );
    // What is piped into another program is the keys alone.
    if (gap !== undefined) process.stderr.write(`${gap}\n`);
    if (options.json) return void process.stdout.write(json(keys));
    const { headings, cells } = keyColumns(definition);
    process.stdout.write(
      keys.length > 0
        ? table(
            headings,
            keys.map((key) => cells(key)),
          )
        : `There are no ${definition.title} keys here.\n`,
    );
  },
};

function pathParametersFrom(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new UsageError(`--parent is ${JSON.stringify(text)}, but has to be <name>=<value>.`);
    }),
  );
}

function lookupArgs(definition: ServiceDefinition, given: Record<string, string>, nowMs: number): LookupArgs {
  try {
    return readLook(definition, given, "all", nowMs);
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    const pathParameters = Object.keys(definition.pathParameters).map((name) => `--parent ${name}=<value>`);
    const takes = pathParameters.length > 0 ? pathParameters.join(" ") : "no --parent";
    throw new UsageError(`${definition.title} takes ${takes}: ${error.message}`);
  }
}
