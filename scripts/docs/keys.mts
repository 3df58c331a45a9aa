import type { ServiceDefinition } from "../../provider/definition/definition.ts";
import { membersOf, propertyComments, required } from "./comments.mts";

/** The file in which a program's arguments and outputs are typed. */
const typesFile = "sdk/types.ts";

/** What every key takes, or gives: the properties of these interfaces. */
export function memberTable(heading: string, interfaces: readonly string[]): string {
  const rows = interfaces.flatMap((name) => membersOf(typesFile, name));
  return [
    `| ${heading} | type | meaning |`,
    "| --- | --- | --- |",
    ...rows.map(({ name, type, comment }) => `| \`${name}\` | ${typeText(type)} | ${cell(comment)} |`),
  ].join("\n");
}

/** A service's own path parameters and fields, with what a program may do with each. */
export function fieldTables(definitions: readonly ServiceDefinition[]): string {
  return definitions
    .map((definition) => `### ${definition.title}\n\n${fieldTable(definition, builtInFile(definition))}`)
    .join("\n\n");
}

function builtInFile({ name }: ServiceDefinition): string {
  return `provider/definition/builtin/${name}.ts`;
}

/** The services: their classes, where their keys belong, and how they authenticate. */
export function serviceTable(
  definitions: readonly ServiceDefinition[],
  credentialsOf: (scheme: ServiceDefinition["auth"][number]) => readonly string[],
): string {
  const rows = definitions.map((definition) => {
    const { name, title, kind, baseUrl, auth } = definition;
    const parameters = pathParameters(definition).map((parameter) => `\`${parameter}\``);
    const many = kind === "singleton" ? "one" : "any number";
    const where = parameters.length > 0 ? `${many} for each ${parameters.join(", ")}` : many;
    const credentials = auth.map((scheme) =>
      credentialsOf(scheme)
        .map((one) => `\`${one}\``)
        .join(" and "),
    );
    return `| ${title} | \`${name}.ApiKey\` | ${where} | ${credentials.join(", or ")} | ${baseUrl ?? "the connection's `baseUrl`"} |`;
  });
  return [
    "| service | class | keys | credentials of the connection | server |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** One service's fields, with the comments that its file has of them. */
export function fieldTable(definition: ServiceDefinition, file: string): string {
  const comments = propertyComments(file);
  const meaning = (name: string) =>
    cell(required(comments.get(name), `The field ${name} of ${definition.title}`));
  const parameters = pathParameters(definition).map(
    (name) => `| \`${name}\` | string | required argument | ${meaning(name)} |`,
  );
  const fields = Object.entries(definition.fields)
    .filter(([name]) => name !== "value" && name !== "active" && name !== "id")
    .map(([name, field]) => {
      const use = field.input ? `${field.input} argument` : field.volatile ? "look-ups only" : "output";
      return `| \`${name}\` | ${programType(field)} | ${use} | ${meaning(name)} |`;
    });
  return ["| field | type | use | meaning |", "| --- | --- | --- | --- |", ...parameters, ...fields].join(
    "\n",
  );
}

/** The variables in the path of create. */
function pathParameters({ operations }: ServiceDefinition): string[] {
  return [...operations.create.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

function programType({ type }: ServiceDefinition["fields"][string]): string {
  if (type === "integer" || type === "number") return "number";
  if (type === "strings") return "string[]";
  return type === "instant" ? "string" : type;
}

function typeText(type: string): string {
  return type === "Rotation" ? "[object](#rotation)" : `\`${cell(type)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
