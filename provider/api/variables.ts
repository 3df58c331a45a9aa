import type { ServiceDefinition } from "../definition/definition";
import type { TemplateVariables } from "../json/templates";
import type { Known, PathParameters } from "../vendor";
import { toWireValue } from "./wire/encode";

/**
 * What the variables of an operation's templates stand for, in the vendor's own form.
 *
 * @param told the credentials, and what a login captures; a field of such a name goes before it, also without a value
 */
export function variablesOf(
  definition: ServiceDefinition,
  told: Readonly<Record<string, string>>,
  pathParameters: PathParameters,
  known: Known,
  nowMs: number,
): TemplateVariables {
  const { fields } = definition;
  const ofFields = Object.entries(fields).map(([name, field]) => [
    name,
    toWireValue(name, field, known, nowMs),
  ]);
  const ofPathParameters = Object.entries(pathParameters).map(([name, text]) => [
    name,
    definition.pathParameters[name]?.type === "integer" ? numeric(text) : text,
  ]);
  const { keyId } = known;
  return {
    ...told,
    ...Object.fromEntries(ofFields),
    ...Object.fromEntries(ofPathParameters),
    ...(typeof keyId === "string" && { keyId: fields.id?.type === "integer" ? numeric(keyId) : keyId }),
  };
}

/** A number where the text is an integer in JSON's own spelling, however large. */
function numeric(text: string): number | bigint | string {
  if (!/^(0|-?[1-9]\d*)$/.test(text)) return text;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}
