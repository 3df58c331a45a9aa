import type { z } from "zod";
import type { Pagination } from "./pagination";

/** Names that mean the resource's own arguments and outputs, so that no vendor field may take them. */
export const reservedNames: ReadonlySet<string> = new Set([
  "service", "connection", "definition", "adopt", "adoptValue", "valueAvailable", "autonamed", "logicalName",
  "expiresIn", "rotation", "dueAt", "rotatedAt", "keyId", "origin", "status", "fingerprint", "asked",
  "unsettledSince", "anchorAt", "generation", "previousKeyId", "previousValue", "previousRevokeAt",
]); // biome-ignore format: one list

type List = {
  path: string;
  query?: Record<string, string> | undefined;
  pagination?: Pagination | undefined;
};
type Operations = Record<string, { path: string } | undefined> & { list?: List | undefined };
type Problem = (path: PropertyKey[], message: string) => void;

/**
 * What no single part of a definition can tell: whether the parts fit each other.
 *
 * @param context takes every problem, with its path
 */
export function checkWhole(
  definition: {
    kind: string;
    parents: Record<string, unknown>;
    fields: Record<
      string,
      { type: string; wire?: string | undefined; input?: unknown; set?: unknown; volatile?: unknown }
    >;
    operations: Operations;
    tenant?: { field: string } | undefined;
  },
  context: z.RefinementCtx,
): void {
  const problem: Problem = (path, message) => context.addIssue({ code: "custom", path, message });
  const { fields, parents, operations } = definition;

  for (const required of ["id", "value"]) {
    if (fields[required] === undefined) problem(["fields", required], `is missing: every key has one`);
    else if (fields[required].input !== undefined)
      problem(["fields", required, "input"], "cannot be set by a program");
  }
  const byWire = new Map([[fields.value?.wire ?? "value", "value"]]);
  for (const [name, { type, set, wire = name }] of Object.entries(fields)) {
    // The secret under a second name would be kept in the clear.
    const namesake = byWire.get(wire) ?? name;
    if (namesake !== name)
      problem(["fields", name, "wire"], `"${wire}" is already the wire name of ${namesake}`);
    byWire.set(wire, name);
    if (reservedNames.has(name))
      problem(["fields", name], "is a name of the resource itself; choose another");
    if (name in {}) problem(["fields", name], "is a name that every object has; choose another");
    else if (parents[name] !== undefined) problem(["fields", name], "is already the name of a parent");
    if (set && type !== "strings") problem(["fields", name, "set"], "only a list of strings can be a set");
  }
  for (const name of Object.keys(parents)) {
    if (reservedNames.has(name))
      problem(["parents", name], "is a name of the resource itself; choose another");
    if (name in {}) problem(["parents", name], "is a name that every object has; choose another");
  }
  for (const [name, operation] of Object.entries(operations)) {
    for (const variable of operation ? templateVariables(operation.path) : []) {
      if (variable === "keyId" ? name === "create" || name === "list" : !Object.hasOwn(parents, variable)) {
        problem(["operations", name, "path"], `{${variable}} is no parent of this service`);
      }
    }
  }
  checkOperations(definition.kind, operations, problem);
  if (operations.list) checkQuery(operations.list, problem);
  if (definition.tenant) {
    const { field } = definition.tenant;
    if (!Object.hasOwn(fields, field)) problem(["tenant", "field"], `${field} is not among the fields`);
    else if (fields[field]?.volatile)
      problem(["tenant", "field"], `${field} is volatile, so it is not in state to be compared`);
  }
}

/** Whether each request reaches the one key that it is meant for. */
function checkOperations(kind: string, operations: Operations, problem: Problem): void {
  const namesKey = (operation: Operations[string]) =>
    operation === undefined || templateVariables(operation.path).includes("keyId");
  if (kind === "singleton") {
    if (operations.get === undefined) {
      problem(
        ["operations", "get"],
        "is missing: a singleton's key is looked at before it is created or revoked, for it may be someone else's",
      );
    } else if (namesKey(operations.get)) {
      problem(["operations", "get", "path"], "cannot hold {keyId}: it is how a singleton's id is found");
    }
    return;
  }
  for (const name of ["get", "revoke"].filter((name) => !namesKey(operations[name]))) {
    problem(
      ["operations", name, "path"],
      "must hold {keyId}: in a collection it is the id that tells one key from the others",
    );
  }
  if (operations.list === undefined && operations.get === undefined) {
    problem(["operations"], "needs list or get: without either, a key revoked elsewhere is never noticed");
  }
}

/** Whether each parameter of the list's query has one meaning and a value. */
function checkQuery({ query = {}, pagination }: List, problem: Problem): void {
  if (!pagination || !("parameter" in pagination)) return;
  const counted = pagination.style === "cursor" ? undefined : pagination;
  const taken = new Set(Object.keys(query));
  const place = ["operations", "list", "pagination"];
  for (const [role, name] of [
    ["parameter", pagination.parameter],
    ["sizeParameter", counted?.sizeParameter],
  ] as const) {
    if (name === undefined) continue;
    if (taken.has(name)) problem([...place, role], `"${name}" is already a parameter of the list's query`);
    taken.add(name);
  }
  if (counted?.sizeParameter !== undefined && counted.size === undefined) {
    problem([...place, "size"], `is missing: it is what "${counted.sizeParameter}" asks for`);
  }
}

/** Names of the variables in an RFC 6570 level 1 template, in order. */
export function templateVariables(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");
}
