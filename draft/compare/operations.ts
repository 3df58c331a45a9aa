import type { OperationDefinition, ServiceDefinition } from "../../provider/definition/definition";
import type { ApiDocument } from "../document";
import type { Operation } from "../document/operation";
import { serversOf } from "../document/servers";
import { candidatesIn, leastScore } from "../find/candidates";
import { isVariable, variableName } from "../find/paths";
import { type Resource, resourceOf } from "../find/resource";
import { constantValue } from "../parts/addresses";
import { change, type Difference } from "./difference";

const roles = ["create", "reveal", "list", "get", "update", "rotate", "revoke", "remove"] as const;

/** What a definition does with an operation. */
export type Role = (typeof roles)[number];

/** An operation of a definition, and the one that a document has for it. */
export interface Pair {
  readonly role: Role;
  readonly defined: OperationDefinition;
  /** Undefined where the document has none. */
  readonly described: Operation | undefined;
}

/** What no longer works without an operation. */
const without: Readonly<Record<Role, string>> = {
  create: "No key could be created, and none replaced or renewed.",
  reveal: "New keys would get no value.",
  list: "Keys could not be listed: lookups and audits would fail, and a refresh where nothing else reads a key.",
  get: "Keys could not be read: a refresh would fail.",
  update: "A change of a key's fields would fail.",
  rotate: "A key could not get a new value in place.",
  revoke: "Keys could not be revoked, and would stay alive.",
  remove: "Revoked keys would stay at the vendor.",
};

/** How a request is called in sentences. */
export const requestNames: Readonly<Record<Role, string>> = {
  create: "A create",
  reveal: "A request for the value",
  list: "A list",
  get: "A read",
  update: "An update",
  rotate: "A rotation",
  revoke: "A revocation",
  remove: "A removal",
};

/** Every operation of a definition beside that of the document which has its method and path. */
export function pairsOf(definition: ServiceDefinition, document: ApiDocument): readonly Pair[] {
  return roles.flatMap((role) =>
    [definition.operations[role] ?? []].flat().map((defined) => ({
      role,
      defined,
      described: atPath(definition, defined, document).find(({ method }) => method === defined.method),
    })),
  );
}

/** The differences that operations are gone, or are at another path or under another method. */
export function missingOperations(
  definition: ServiceDefinition,
  document: ApiDocument,
  pairs: readonly Pair[],
): Difference[] {
  const taken = new Set(pairs.map(({ described }) => described));
  const resource = resourceNow(document, pairs);
  return pairs.flatMap(({ role, defined, described }) => {
    if (described) return [];
    const title = `${defined.method} ${defined.path}`;
    const here = atPath(definition, defined, document);
    const near = resource && candidateFor(role, resource).find((other) => other && !taken.has(other));
    const other = near ? ` It may be ${near.title} now.` : "";
    const [first] = here;
    const has = here.map(({ method }) => method).join(" and ");
    const says = first
      ? `${role}: the document has no ${title}; this path has ${has}.${other}`
      : `${role}: the document has no ${title}.${other}`;
    return [change(says, without[role], near?.pointer ?? first?.pointer ?? "/paths")];
  });
}

/** Where the definition's paths begin, which a base URL may have a part of. */
export function basePathOf(url: string | undefined): string {
  const base = "https://base.invalid";
  return url !== undefined && URL.canParse(url, base) ? new URL(url, base).pathname.replace(/\/+$/, "") : "";
}

/** Whether an operation is at a definition's path with the servers of the document, and not at some other base. */
export function isAtBase(
  { baseUrl }: ServiceDefinition,
  { path }: Pick<OperationDefinition, "path">,
  operation: Operation,
  document: ApiDocument,
): boolean {
  const whole = basePathOf(baseUrl) + path;
  const bases = serversOf(operation, document.root).map(({ url }) => basePathOf(url));
  // Without a base URL of the definition, the connection's has the whole base.
  const open = bases.length === 0 || baseUrl === undefined ? [""] : [];
  return [...bases, ...open].some((base) => fits(base, whole, operation));
}

/** The operations at a definition's path of any method: with the base, else without; those with fewest variables first. */
function atPath(
  definition: ServiceDefinition,
  defined: OperationDefinition,
  document: ApiDocument,
): readonly Operation[] {
  const { operations } = document;
  const exact = operations.filter((operation) => isAtBase(definition, defined, operation, document));
  const found = exact.length > 0 ? exact : elsewhere(defined.path, document);
  return found.toSorted((a, b) => variables(a) - variables(b));
}

/** The operations at a path at some other base, else those at what is left of it where the base is a part of it. */
function elsewhere(path: string, { operations, root }: ApiDocument): readonly Operation[] {
  const parts = partsOf(path);
  const hasBase = (operation: Operation) =>
    serversOf(operation, root).some(({ url }) => basePathOf(url) !== "");
  for (const [start] of parts.entries()) {
    const rest = `/${parts.slice(start).join("/")}`;
    const found = operations.filter((each) => fits("", rest, each) && (start === 0 || hasBase(each)));
    if (found.length > 0) return found;
  }
  return [];
}

function variables({ path }: Operation): number {
  return path.split("{").length;
}

/** Whether a path is one that a document describes: its variables stand for variables, or for what the document says they are. */
function fits(base: string, path: string, operation: Operation): boolean {
  const own = partsOf(path);
  const theirs = partsOf(base + operation.path);
  return (
    own.length === theirs.length &&
    theirs.every((segment, index) => segmentFits(own[index] ?? "", segment, operation))
  );
}

function segmentFits(own: string, theirs: string, operation: Operation): boolean {
  if (!isVariable(theirs)) return withoutNames(own) === withoutNames(theirs);
  if (own.includes("{")) return true;
  const parameter = operation.parametersIn("path").find(({ name }) => name === variableName(theirs));
  const constant = parameter && constantValue(parameter);
  return constant !== undefined && encodeURIComponent(constant) === own;
}

function withoutNames(segment: string): string {
  return segment.replaceAll(/\{[^{}]*\}/g, "{}");
}

function partsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/** The resource around the operation that creates, with the definition's own list; where that is gone, the likeliest. */
export function resourceNow(document: ApiDocument, pairs: readonly Pair[]): Resource | undefined {
  const described = (role: Role) => pairs.find((pair) => pair.role === role)?.described;
  const create = described("create");
  if (create) {
    const resource = resourceOf(create, document.operations);
    return { ...resource, list: described("list") ?? resource.list };
  }
  const [likely] = candidatesIn(document);
  return likely && likely.score >= leastScore ? likely.resource : undefined;
}

function candidateFor(role: Role, resource: Resource): readonly (Operation | undefined)[] {
  switch (role) {
    case "update":
      return resource.updates;
    case "reveal":
      return [];
    case "remove":
      return [resource.alsoRevokes];
    default:
      return [resource[role]];
  }
}
