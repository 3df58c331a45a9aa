import type { ListDefinition, ServiceDefinition } from "../../provider/definition/definition";
import { templateVariables } from "../../provider/json/templates";
import type { Operation, Parameter } from "../document/operation";
import { constantValue, isHttpHeader } from "../parts/addresses";
import { change, type Difference } from "./difference";
import { type Pair, type Role, requestNames } from "./operations";

/** Parameters of the query and headers that a request has and a document has otherwise, or needs beside them. */
export function parameterDifferences(
  definition: ServiceDefinition,
  { role, defined, described }: Pair,
): Difference[] {
  if (!described) return [];
  const query = {
    ...defined.query,
    ...(role === "list" && pageParameters(definition.operations.list ?? {})),
  };
  const credentials = credentialNames(definition);
  const sent: readonly (readonly [string, Readonly<Record<string, string | undefined>>])[] = [
    ["query", query],
    ["header", defined.headers],
  ];
  return described.parameters.flatMap((parameter) => {
    const [, values] = sent.find(([place]) => place === parameter.in) ?? [];
    if (!values) return [];
    const own = Object.entries(values).find(([name]) => isSame(name, parameter));
    if (own) return valueDifferences(role, parameter, own[1]);
    const isAlsoSent =
      credentials.some((name) => isSame(name, parameter)) ||
      (parameter.in === "header" && isHttpHeader(parameter.name));
    if (!parameter.required || isAlsoSent) return [];
    const where = parameter.in === "header" ? "the header" : "the query parameter";
    return [
      change(
        `${role}: the request needs ${where} ${parameter.name}, which the definition does not send.`,
        `${requestNames[role]} would be refused.`,
        parameter.pointer,
      ),
    ];
  });
}

/** The parameter that asks for a page, and its size. */
export function pageParameters({
  pagination,
}: Pick<ListDefinition, "pagination">): Record<string, string | undefined> {
  if (!pagination || pagination.style === "link" || pagination.in === "body") return {};
  const counted = pagination.style === "cursor" ? undefined : pagination;
  return {
    [pagination.parameter]: undefined,
    ...(counted?.sizeParameter !== undefined && { [counted.sizeParameter]: String(counted.size) }),
  };
}

/** The parameter of a name in the query. */
export function queryParameter(operation: Operation, name: string): Parameter | undefined {
  return operation.parametersIn("query").find((parameter) => parameter.name === name);
}

function isSame(name: string, parameter: Parameter): boolean {
  return parameter.in === "header"
    ? name.toLowerCase() === parameter.name.toLowerCase()
    : name === parameter.name;
}

function credentialNames({ auth }: ServiceDefinition): readonly string[] {
  return auth.flatMap((way) => {
    if (way.scheme === "headers") return Object.keys(way.headers);
    return way.scheme === "query" ? [way.parameter] : Object.keys(("send" in way && way.send?.headers) || {});
  });
}

function valueDifferences(role: Role, parameter: Parameter, value: string | undefined): Difference[] {
  const { name, schema, pointer } = parameter;
  if (value === undefined || !schema || templateVariables(value).length > 0) return [];
  const allowed = schema.values?.map(String);
  const most = schema.number("maximum");
  if (allowed && !allowed.includes(value))
    return [
      change(
        `${role}: ${name} is one of ${allowed.join(", ")}; the definition sends ${value}.`,
        `${requestNames[role]} would be refused.`,
        pointer,
      ),
    ];
  if (most !== undefined && Number(value) > most)
    return [
      change(
        `${role}: ${name} is at most ${most}; the definition sends ${value}.`,
        `${requestNames[role]} would be refused, or would get fewer keys than it asks for.`,
        pointer,
      ),
    ];
  const constant = parameter.in === "header" && parameter.required ? constantValue(parameter) : undefined;
  if (constant === undefined || constant === value) return [];
  return [
    change(
      `${role}: the header ${name} is ${constant}; the definition sends ${value}.`,
      "The vendor may refuse requests, or answer in another form than the document says.",
      pointer,
    ),
  ];
}
