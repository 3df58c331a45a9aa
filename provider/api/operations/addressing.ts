import { ApiKeysError } from "../../base/errors";
import type { OperationDefinition, ServiceDefinition } from "../../definition/definition";
import { templatedNames } from "../../definition/templates";
import type { TemplateVariables } from "../../json/templates";

/**
 * Names of the variables by which an operation says which key it means: its id, its name, and what the vendor alone
 * sets, its value among it. Without one of them a request could reach another key, or all.
 */
export function namingVariables({ fields }: ServiceDefinition, operation: OperationDefinition): string[] {
  return [...templatedNames(operation)].filter((name) => {
    if (name === "keyId" || name === "name") return true;
    return Object.hasOwn(fields, name) && fields[name]?.input === undefined;
  });
}

/**
 * Makes sure that a request reaches the one key that it is meant for.
 *
 * @throws {ApiKeysError} INVALID_INPUT when something by which it would name the key is not known
 */
export function assertNamed(
  definition: ServiceDefinition,
  operation: OperationDefinition,
  variables: TemplateVariables,
  what: string,
): void {
  const missing = namingVariables(definition, operation).filter((name) => !isKnown(variables[name]));
  if (missing.length === 0) return;
  const adopted = missing.includes("value") ? " Give an adopted key's value in adoptValue." : "";
  throw new ApiKeysError(
    "INVALID_INPUT",
    `The request to ${what} at ${definition.title} was not sent: it names the key by ${missing.join(" and ")}, which is not known.${adopted}`,
  );
}

function isKnown(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
