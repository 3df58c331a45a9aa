/**
 * The type of a definition as a program writes it, made from the schema that reads definitions. The published declarations
 * need no library for it, every TypeScript that the README names can read it, and an editor shows what each property means.
 */
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import type { Schema } from "./definitionTables.mts";

const file = "provider/definition/input.ts";

/** The text of the file that has the types. */
export function definitionTypes({ $defs = {}, ...definition }: Schema): string {
  const named = Object.entries($defs).map(
    ([id, schema]) => `export type ${typeName(id)} = ${typeOf(schema)};`,
  );
  const text = [
    "// Made by `npm run docs` from provider/definition/schema.\n",
    ...named,
    "/** One vendor's key API as a program or a file gives it; what has a default may be left out. */",
    `export interface ServiceDefinitionInput ${typeOf(definition)}`,
  ].join("\n");
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  return execFileSync(process.execPath, [biome, "format", `--stdin-file-path=${file}`], {
    input: text,
    encoding: "utf8",
  });
}

function typeOf(schema: Schema): string {
  const { $ref, anyOf, oneOf, enum: values, const: only, type } = schema;
  if ($ref !== undefined) return typeName($ref.slice($ref.lastIndexOf("/") + 1));
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return choices.map(typeOf).join(" | ");
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  if (typeof type === "object") return type.map((one) => typeOf({ type: one })).join(" | ");
  if (type === "array" && schema.items !== undefined) return `readonly (${typeOf(schema.items)})[]`;
  if (type === "object") return objectType(schema);
  if (type === "integer") return "number";
  if (type === "string" || type === "number" || type === "boolean" || type === "null") return type;
  throw new Error(`A definition's schema has a form that has no type yet: ${JSON.stringify(schema)}`);
}

function objectType({ properties, required = [], additionalProperties }: Schema): string {
  if (properties === undefined) {
    if (typeof additionalProperties !== "object")
      throw new Error("An object of the schema says nothing of its properties.");
    return `{ readonly [name: string]: ${typeOf(additionalProperties)} }`;
  }
  const members = Object.entries(properties).map(([name, property]) => {
    const comment =
      property.description === undefined ? "" : `/** ${property.description.replaceAll("*/", "*\\/")} */\n`;
    const member = /^[$\w]+$/.test(name) ? name : JSON.stringify(name);
    const type = typeOf(property);
    return required.includes(name)
      ? `${comment}readonly ${member}: ${type};`
      : `${comment}readonly ${member}?: ${type} | undefined;`;
  });
  return `{\n${members.join("\n")}\n}`;
}

function typeName(id: string): string {
  const name = id.replace(/^_+/, "");
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
}
