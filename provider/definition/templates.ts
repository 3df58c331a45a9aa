import { pathVariables, templateVariables, textsIn } from "../json/templates";
import type { OperationDefinition } from "./definition";

/** The parts of an operation in which variables can stand. */
export type Templates = Pick<OperationDefinition, "path" | "query" | "headers" | "body">;

/** Every variable in an operation's templates, and where in the operation it stands. */
export function* variablesOfTemplates({
  path,
  query,
  headers,
  body,
}: Templates): Iterable<[variable: string, where: readonly PropertyKey[]]> {
  for (const variable of pathVariables(path)) yield [variable, ["path"]];
  for (const [name, part] of Object.entries({ query, headers, body })) {
    for (const [text, where] of textsIn(part, [name])) {
      for (const variable of templateVariables(text)) yield [variable, where];
    }
  }
}

/** Names of the variables in an operation's templates. */
export function templatedNames(templates: Templates): ReadonlySet<string> {
  return new Set([...variablesOfTemplates(templates)].map(([variable]) => variable));
}
