import type { OperationDefinition, ServiceDefinition } from "../../definition/definition";
import { templatedNames } from "../../definition/templates";
import type { HttpRequest } from "../../http/request";
import { isObject, setMember, setOwn } from "../../json/members";
import { fillJson, fillPath, fillTexts, type TemplateVariables } from "../../json/templates";
import { toWireValue } from "./encode";

/** A request of an operation, but for what it is called in messages. */
export type OperationRequest = Omit<HttpRequest, "what">;

/** Fields that a request sends, in their places. */
export interface SentFields {
  readonly place: "create" | "update";
  readonly names: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of fields that are cleared by null where the inputs have nothing. Default: none. */
  readonly clears?: readonly string[];
  /** Milliseconds since the epoch from which a lifetime counts. */
  readonly nowMs: number;
}

/**
 * The request that an operation sends. A field that stands in one of its templates is sent there and nowhere else.
 *
 * @param variables by name; those without a value leave out what they stand in
 * @throws {ApiKeysError} INVALID_INPUT for a path that cannot be filled
 */
export function requestOf(
  definition: ServiceDefinition,
  operation: OperationDefinition,
  variables: TemplateVariables,
  sent?: SentFields,
): OperationRequest {
  const { method, path, query, headers, encoding } = operation;
  const body = bodyOf(definition, operation, variables, sent);
  const filledQuery = fillTexts(query, variables, "omit");
  const filledHeaders = fillTexts(headers, variables, "omit");
  return {
    method,
    path: fillPath(path, variables),
    ...(Object.keys(filledQuery).length > 0 && { query: filledQuery }),
    ...(Object.keys(filledHeaders).length > 0 && { headers: lowerCaseNames(filledHeaders) }),
    ...(body !== undefined && { body, ...(encoding === "form" && { encoding }) }),
  };
}

function bodyOf(
  definition: ServiceDefinition,
  operation: OperationDefinition,
  variables: TemplateVariables,
  sent: SentFields | undefined,
): unknown {
  const constants = operation.body === undefined ? undefined : fillJson(operation.body, variables, "omit");
  if (!sent || operation.method === "GET") return constants;
  const elsewhere = templatedNames(operation);
  const fields: Record<string, unknown> = {};
  for (const name of sent.names) {
    const field = definition.fields[name];
    if (!field || elsewhere.has(name)) continue;
    const given = toWireValue(name, field, sent.inputs, sent.nowMs);
    const value = given === undefined && sent.clears?.includes(name) ? null : given;
    if (value !== undefined) setMember(fields, field.wire[sent.place], value);
  }
  if (operation.bodyEnvelope === "") return merged(constants, fields);
  const enveloped: Record<string, unknown> = {};
  setMember(enveloped, operation.bodyEnvelope, fields);
  return merged(constants, enveloped);
}

/** Both, one within the other; a field goes before a constant. */
function merged(constants: unknown, fields: Record<string, unknown>): unknown {
  if (!isObject(constants)) return fields;
  const both: Record<string, unknown> = { ...constants };
  for (const [key, value] of Object.entries(fields)) {
    const beside = Object.hasOwn(both, key) ? both[key] : undefined;
    setOwn(both, key, isObject(beside) && isObject(value) ? merged(beside, value) : value);
  }
  return both;
}

/** Headers by lower-case names. */
export function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
