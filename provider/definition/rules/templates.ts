import { nearestHint } from "../../base/words";
import { pathVariables } from "../../json/templates";
import { captured } from "../captured";
import type { OperationDefinition, ServiceDefinition, UpdateDefinition } from "../definition";
import { inputFields } from "../inputFields";
import type { WrittenDefinition } from "../schema/definition";
import { templatedNames, variablesOfTemplates } from "../templates";
import type { ReportProblem } from "./report";

type Path = readonly PropertyKey[];

/** An operation, where it stands in the definition, and what its variables may be. */
interface TemplatePlace {
  readonly operation: OperationDefinition | undefined;
  readonly path: Path;
  /** What the definition itself says of it. */
  readonly written: Partial<Pick<OperationDefinition, "path" | "headers">>;
  readonly variables: readonly string[];
  /** Whether it is an operation on one key. */
  readonly ofKey: boolean;
}

/** Whether each variable has a value where it stands, and each request names the one key that it is meant for. */
export function checkVariables(
  written: WrittenDefinition,
  definition: ServiceDefinition,
  report: ReportProblem,
): void {
  const { fields, operations, kind } = definition;
  const said = new Set<string>();
  for (const name of captured(definition).filter((variable) => Object.hasOwn(fields, variable))) {
    report(["fields", name], "is already the name of what a login captures; choose another");
  }
  const credentials = definition.credentials.flat();
  for (const place of templatePlaces(written, definition)) {
    const { operation, path, variables, ofKey } = place;
    if (!operation) continue;
    for (const [variable, where] of variablesOfTemplates(operation)) {
      if (variables.includes(variable)) continue;
      // Not in paths and queries, which servers log.
      if (credentials.includes(variable) && (where[0] === "headers" || where[0] === "body")) continue;
      const own = isOwn(place, where);
      const mistake = JSON.stringify([where, variable]);
      // What is said once for all operations is told once as well.
      if (!own && said.has(mistake)) continue;
      if (!own) said.add(mistake);
      const at = own ? ["operations", ...path, ...where] : where;
      report(at, `{${variable}} is no variable here${hint(variable, variables)}`);
    }
    const changed = "fields" in operation ? (operation as UpdateDefinition).fields : [];
    if (kind === "collection" && ofKey && !namesKey(operation, fields, changed)) {
      report(
        ["operations", ...path, "path"],
        "must hold {keyId}, or query or body must: in a collection it is the id that tells one key from the others",
      );
    }
  }
  if (kind === "singleton" && operations.get && pathVariables(operations.get.path).includes("keyId")) {
    report(["operations", "get", "path"], "cannot hold {keyId}: it is how a singleton's id is found");
  }
}

function templatePlaces(
  { operations: own = {} }: WrittenDefinition,
  definition: ServiceDefinition,
): TemplatePlace[] {
  const { fields, pathParameters, operations } = definition;
  const everywhere = [...Object.keys(pathParameters), ...captured(definition)];
  const settable = inputFields({ fields });
  const ofFields = Object.keys(fields).filter((name) => name !== "id" && !fields[name]?.volatile);
  const ofKey = [...everywhere, "keyId", ...ofFields];
  const known = { create: [...everywhere, ...settable], list: everywhere } as Record<string, string[]>;
  const single = (["create", "reveal", "list", "get", "rotate", "revoke", "remove"] as const).map((name) => ({
    operation: operations[name],
    path: [name],
    written: (own[name] ?? {}) as TemplatePlace["written"],
    variables: known[name] ?? ofKey,
    ofKey: known[name] === undefined,
  }));
  const updates = operations.update.map((operation, index) => ({
    operation,
    path: ["update", ...(Array.isArray(own.update) ? [index] : [])],
    written: ([own.update].flat()[index] ?? {}) as TemplatePlace["written"],
    variables: ofKey,
    ofKey: true,
  }));
  return [...single, ...updates];
}

/** Whether an operation says it itself; else it is said once for all of them. */
function isOwn({ written: { path, headers = {} } }: TemplatePlace, [part, name]: Path): boolean {
  if (part === "path") return path !== undefined;
  return part !== "headers" || Object.hasOwn(headers, String(name));
}

function hint(variable: string, variables: readonly string[]): string {
  if (variable === "id" && variables.includes("keyId")) return '; did you mean "keyId"?';
  return nearestHint(variable, variables) || `; there is ${variables.join(", ") || "none"}`;
}

/**
 * Whether a request says which key it means: by its id, its name, or what the vendor alone sets, its value among it.
 *
 * @param changed names of the fields that it changes, by whose new values no key is known yet
 */
function namesKey(
  operation: OperationDefinition,
  fields: ServiceDefinition["fields"],
  changed: readonly string[],
): boolean {
  return [...templatedNames(operation)].some((variable) => {
    if (variable === "keyId") return true;
    if (!Object.hasOwn(fields, variable) || changed.includes(variable)) return false;
    return variable === "name" || fields[variable]?.input === undefined;
  });
}
