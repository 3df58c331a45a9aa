import type { Operation, Parameter } from "../document/operation";
import { isVariable } from "../find/paths";
import type { Resource } from "../find/resource";
import { secretFields } from "../find/secretField";
import { plain, singular, wordsOf } from "../find/words";
import { firstSentence, oneLine } from "../text";
import { camelCase, freeName, meaningfulNames } from "./names";
import { present, type Question } from "./part";

/** Something that a key belongs to, or that its requests have to name. */
export interface Parent {
  readonly name: string;
  /** What the document calls it. */
  readonly variable: string;
  readonly parameter: Parameter | undefined;
}

/** How the paths of a document stand in the definition. */
export interface Addresses {
  readonly parents: readonly Parent[];
  /** Whether paths name a key by its value, for want of an id. */
  readonly byValue: boolean;
  readonly questions: readonly Question[];
  readonly sources: readonly string[];
  /** The path of an operation, with the definition's variables. */
  template(operation: Operation): string;
}

/** Names that say nothing without what they are of. */
const generic = /^(id|uuid|key|name|slug|uid|sid|number|identifier|code)$/;

export function addressesOf(resource: Resource): Addresses {
  const { create, list, keyVariable } = resource;
  const parents = new Map<string, Parent>();
  const questions = new Map<string, Question>();
  const byValue = keyVariable !== undefined && isOfValue(keyVariable, resource);
  const template = (operation: Operation): string => {
    const ofKey = operation !== create && operation !== list;
    const segments = operation.path.split("/");
    return segments
      .map((segment, index) =>
        segment.replaceAll(/\{([^{}]+)\}/g, (_whole, variable: string) => {
          if (
            ofKey &&
            variable === keyVariable &&
            index === segments.findLastIndex((other) => other.includes(`{${keyVariable}}`))
          )
            return byValue ? "{value}" : "{keyId}";
          const parameter = parameterOf(operation, variable);
          const constant = constantOf(variable, parameter);
          if (constant !== undefined) {
            questions.set(variable, {
              question: `The path has ${oneLine(variable, 60)}, of which the document says that it is usually ${oneLine(constant, 60)}. Is it that?`,
              assumed: "yes, as a part of the path",
            });
            return encodeURIComponent(constant);
          }
          return `{${parentOf(variable, segments.slice(0, index), parameter, parents).name}}`;
        }),
      )
      .join("/");
  };
  for (const operation of operationsOf(resource)) template(operation);
  for (const operation of [create, list ?? create]) addRequired(operation, parents);
  const all = [...parents.values()];
  return {
    parents: all,
    byValue,
    questions: [...questions.values()],
    sources: all.flatMap(({ parameter }) => parameter?.pointer ?? []),
    template,
  };
}

/** The operations of a resource, each once. */
export function operationsOf(resource: Resource): Operation[] {
  const { create, list, get, updates, rotate, revoke } = resource;
  return [create, list, get, ...updates, rotate, revoke].filter((operation) => operation !== undefined);
}

/** What the definition says of the parents. */
export function pathParameters({ parents }: Addresses): Record<string, unknown> | undefined {
  const named = parents.map(({ name, parameter }) => [
    name,
    present({
      type: parameter?.schema?.is("integer") ? "integer" : undefined,
      format: parameter?.schema?.text("format") === "uuid" ? "uuid" : undefined,
      description: firstSentence(parameter?.description),
    }) ?? {},
  ]);
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

/** A required parameter of the query or a header that no constant fills is something that a key belongs to. */
function addRequired(operation: Operation, parents: Map<string, Parent>): void {
  for (const parameter of operation.parameters) {
    if (!isArgument(parameter)) continue;
    parentOf(parameter.name, [], parameter, parents);
  }
}

/** Headers that HTTP or the authentication has for itself. */
const ofHttp =
  /^(accept|content-type|authorization|user-agent|content-length|accept-.*|.*idempotency-key|x-request-id|x-csrf-token|cookie|host)$/i;

/** Whether a parameter besides those of the path has to be given by the program. */
export function isArgument(parameter: Parameter): boolean {
  if (!parameter.required || (parameter.in !== "query" && parameter.in !== "header")) return false;
  if (isOfPages(parameter.name) || (parameter.in === "header" && ofHttp.test(parameter.name))) return false;
  return !/key|token|secret|version/i.test(parameter.name) && constantValue(parameter) === undefined;
}

/** Whether a header is one that HTTP or the authentication has for itself. */
export function isHttpHeader(name: string): boolean {
  return ofHttp.test(name);
}

function isOfPages(name: string): boolean {
  return /^(page|limit|offset|cursor|size|per_?page|page_?size|skip|take|count)/i.test(name);
}

/** The only value that a parameter has, or the one that it has unless it is said otherwise. */
export function constantValue({ schema }: Pick<Parameter, "schema">): string | undefined {
  const value = schema?.first("default") ?? (schema?.values?.length === 1 ? schema.values[0] : undefined);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function constantOf(variable: string, parameter: Parameter | undefined): string | undefined {
  if (!parameter) return undefined;
  const value = constantValue(parameter);
  if (value === undefined || value === "" || /[/{}?#]|^\.+$/.test(value)) return undefined;
  const isOnly = parameter.schema?.values?.length === 1;
  return isOnly || /version/i.test(variable) ? value : undefined;
}

function parameterOf(operation: Operation, variable: string): Parameter | undefined {
  return operation.parametersIn("path").find(({ name }) => name === variable);
}

function parentOf(
  variable: string,
  before: readonly string[],
  parameter: Parameter | undefined,
  parents: Map<string, Parent>,
): Parent {
  const noun = before.findLast((segment) => segment !== "" && !isVariable(segment)) ?? "";
  // Of a path into a message, such as {key.accountId}, the last name is the place.
  const last = variable.split(".").at(-1) ?? variable;
  const known = parents.get(`${noun}/${last}`);
  if (known) return known;
  const of = generic.test(plain(last)) ? wordsOf(noun).map(singular) : [];
  const name = freeName(camelCase([...of, ...wordsOf(last)].join(" ")) ?? "parent");
  const taken = [...parents.values()].find((parent) => parent.name === name);
  const parent = taken ?? { name: meaningfulNames.has(name) ? `${name}OfPath` : name, variable, parameter };
  parents.set(`${noun}/${last}`, parent);
  return parent;
}

/** Whether the variable is the value itself, as their names and the lack of an id say. */
function isOfValue(variable: string, { create, list }: Resource): boolean {
  const [secret] = secretFields(create.success?.schema);
  if (secret === undefined || plain(secret.path.at(-1) ?? "") !== plain(variable)) return false;
  const told = [create, list].flatMap((operation) => namesIn(operation?.success?.schema));
  return !told.some((name) => /^(id|uuid|uid|keyid|tokenid|apikeyid)$/.test(plain(name)));
}

function namesIn(schema: NonNullable<Operation["success"]>["schema"], depth = 3): string[] {
  if (!schema || depth === 0) return [];
  const own = [...schema.properties].flatMap(([name, member]) => [name, ...namesIn(member, depth - 1)]);
  return [...own, ...namesIn(schema.items, depth - 1)];
}
