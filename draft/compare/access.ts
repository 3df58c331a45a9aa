import type { AuthDefinition, ServiceDefinition } from "../../provider/definition/definition";
import type { ApiDocument } from "../document";
import type { Operation } from "../document/operation";
import { type SecurityScheme, securityOf } from "../document/security";
import { serversOf } from "../document/servers";
import { change, type Difference } from "./difference";
import { isAtBase, type Pair } from "./operations";

/** How requests reach the vendor and prove who sends them. */
export function accessDifferences(
  definition: ServiceDefinition,
  document: ApiDocument,
  pairs: readonly Pair[],
): Difference[] {
  const pair = pairs.find(({ described }) => described);
  if (!pair?.described) return [];
  return [
    ...baseDifference(definition, document, pair, pair.described),
    ...authDifference(definition, document, pair.described),
  ];
}

function baseDifference(
  definition: ServiceDefinition,
  document: ApiDocument,
  { defined }: Pair,
  operation: Operation,
): Difference[] {
  const servers = serversOf(operation, document.root);
  const absolute = servers.filter(({ url }) => URL.canParse(url));
  const [first] = absolute.length > 0 ? absolute : servers;
  if (!first) return [];
  const { baseUrl } = definition;
  const isHost =
    baseUrl === undefined ||
    absolute.length === 0 ||
    absolute.some(({ url, variables }) => {
      // A variable, such as a region, may be anything.
      if (Object.keys(variables).length > 0) return true;
      return new URL(url).host === new URL(baseUrl).host;
    });
  if (isHost && isAtBase(definition, defined, operation, document)) return [];
  const own = baseUrl === undefined ? `begins paths as in ${defined.path}` : `sends requests to ${baseUrl}`;
  return [
    change(
      `The API is at ${absolute.length > 0 ? absolute.map(({ url }) => url).join(" or ") : first.url}; the definition ${own}.`,
      "Every request would go to an address that the document does not have.",
      first.pointer,
    ),
  ];
}

function authDifference(
  { auth }: ServiceDefinition,
  { root }: ApiDocument,
  operation: Operation,
): Difference[] {
  const ways = securityOf(operation, root);
  if (!ways || auth.length === 0) return [];
  if (auth.some((own) => ways.some((way) => fits(own, way)))) return [];
  const described = ways.map((way) => way.map(schemeText).join(" and ")).join(", or ");
  return [
    change(
      `Requests authenticate by ${described}; the definition does so by ${auth.map(authText).join(", or ")}.`,
      "Every request would be refused.",
      ways[0]?.[0]?.pointer ?? "/security",
    ),
  ];
}

/** Whether a way of the definition does all that one of the document asks for, as far as that has a form. */
function fits(own: AuthDefinition, way: readonly SecurityScheme[]): boolean {
  return way.every(({ kind, parameter }) => {
    if (kind === "other") return true;
    switch (own.scheme) {
      case "headers":
        return (
          isHeader(kind, parameter, lower(own.headers)) ||
          // Many documents call any word before the credential a bearer.
          (isBearer(kind) && lower(own.headers).includes("authorization"))
        );
      case "basic":
        return kind === "basic" || isHeader(kind, parameter, ["authorization"]);
      case "query":
        return kind === "query" && parameter === own.parameter;
      default: {
        const sent = lower(own.send?.headers ?? { authorization: "" });
        return (
          isHeader(kind, parameter, sent) ||
          (isBearer(kind) && sent.includes("authorization")) ||
          (kind === "cookie" && own.send?.cookies !== undefined)
        );
      }
    }
  });
}

function isBearer(kind: SecurityScheme["kind"]): boolean {
  return kind === "bearer" || kind === "clientCredentials";
}

function isHeader(kind: SecurityScheme["kind"], parameter: string, names: readonly string[]): boolean {
  return kind === "header" && names.includes(parameter.toLowerCase());
}

function lower(headers: Readonly<Record<string, string>>): string[] {
  return Object.keys(headers).map((name) => name.toLowerCase());
}

function schemeText({ kind, name, parameter }: SecurityScheme): string {
  switch (kind) {
    case "header":
    case "query":
    case "cookie":
      return `the ${kind === "query" ? "query parameter" : kind} ${parameter}`;
    case "basic":
      return "HTTP Basic";
    case "bearer":
      return "a bearer token";
    case "clientCredentials":
      return "a token of OAuth 2";
    case "other":
      return name;
  }
}

function authText(own: AuthDefinition): string {
  switch (own.scheme) {
    case "basic":
      return "HTTP Basic";
    case "headers":
      return Object.values(own.headers).every((value) => value === "Bearer {token}")
        ? "a bearer token"
        : `the header ${Object.keys(own.headers).join(" and ")}`;
    case "query":
      return `the query parameter ${own.parameter}`;
    case "login":
      return "a login";
    case "oauth2":
      return "a token of OAuth 2";
  }
}
