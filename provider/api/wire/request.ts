import type { OperationDefinition, ServiceDefinition } from "../../definition/definition";
import { templatedNames } from "../../definition/templates";
import type { HttpRequest } from "../../http/request";
import { expandPath } from "../../http/template";
import { isObject, setMember, setOwn } from "../../json/members";
import { soleVariable, templateVariables } from "../../json/templates";
import { toWireValue } from "./encode";

/** Values by name, for the variables of an operation's templates. */
export type Variables = Readonly<Record<string, unknown>>;

/** A request of an operation, but for what it is called in messages. */
export type OperationRequest = Omit<HttpRequest, "what">;

/** Fields that a request sends, in their places. */
export interface Sent {
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
  variables: Variables,
  sent?: Sent,
): OperationRequest {
  const { method, path, query, headers, encoding } = operation;
  const body = bodyOf(definition, operation, variables, sent);
  const filledQuery = filled(query, variables) as Record<string, string>;
  const filledHeaders = filled(headers, variables) as Record<string, string>;
  return {
    method,
    path: expandPath(path, texts(variables)),
    ...(Object.keys(filledQuery).length > 0 && { query: texts(filledQuery) }),
    ...(Object.keys(filledHeaders).length > 0 && { headers: lowerCase(texts(filledHeaders)) }),
    ...(body !== undefined && { body, ...(encoding === "form" && { encoding }) }),
  };
}

function bodyOf(
  definition: ServiceDefinition,
  operation: OperationDefinition,
  variables: Variables,
  sent: Sent | undefined,
): unknown {
  const constants = operation.body === undefined ? undefined : filled(operation.body, variables);
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

/** A JSON value with its variables filled in; what holds one without a value is left out. */
export function filled(template: unknown, variables: Variables): unknown {
  if (typeof template === "string") return filledText(template, variables);
  if (Array.isArray(template)) {
    return template.map((item) => filled(item, variables)).filter((item) => item !== undefined);
  }
  if (!isObject(template)) return template;
  const entries = Object.entries(template).map(([key, item]) => [key, filled(item, variables)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

function filledText(template: string, variables: Variables): unknown {
  const sole = soleVariable(template);
  if (sole !== undefined) return own(variables, sole);
  const names = templateVariables(template);
  if (names.some((name) => own(variables, name) === undefined)) return undefined;
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(own(variables, name)));
}

function own(variables: Variables, name: string): unknown {
  return Object.hasOwn(variables, name) ? (variables[name] ?? undefined) : undefined;
}

function texts(values: Variables): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** Headers by lower-case names. */
export function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
