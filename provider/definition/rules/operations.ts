import { nearestHint } from "../../base/words";
import { isObject } from "../../json/members";
import type { FieldDefinition, ListDefinition, ServiceDefinition } from "../definition";
import { inputFields } from "../inputFields";
import type { WrittenDefinition } from "../schema/definition";
import { templatedNames } from "../templates";
import type { ReportProblem } from "./report";

/** Whether the operations are there that a key's life needs, and each knows its place. */
export function checkOperations(
  written: WrittenDefinition,
  definition: ServiceDefinition,
  report: ReportProblem,
): void {
  checkPaths(written, definition, report);
  // Of a definition that says nothing of operations it is the path that is missing.
  if (written.path !== undefined || written.operations !== undefined) checkSight(definition, report);
  checkUpdates(definition, report);
  const { create, list, reveal } = definition.operations;
  if (create.identify !== undefined && reveal) {
    report(
      ["operations", "create", "identify"],
      "cannot go with reveal, which asks for the value by the id that the response to create has to hold",
    );
  }
  if (create.identify !== undefined) {
    const path = ["operations", "create", "identify"];
    if (!list) report(path, "needs a list in which to find the key");
    else if (create.identify === "name" && definition.fields.name === undefined)
      report(path, "needs a field name, by which to find the key");
  }
  if (definition.reusesIds && !definition.fields.createdAt && !definition.fields.prefix) {
    report(
      ["reusesIds"],
      "needs a field createdAt or prefix, by which a key is told from a later one of its id",
    );
  }
  checkBodiless(definition, report);
  if (definition.uniqueNames === "suffix" && definition.fields.name?.input === undefined) {
    report(["uniqueNames"], "needs a name that a program can set");
  }
  if (list) checkQuery(list, report);
  checkBodies(definition, report);
}

/** Where there is no path for all, each operation has its own. */
function checkPaths(
  written: WrittenDefinition,
  { operations }: ServiceDefinition,
  report: ReportProblem,
): void {
  if (written.path !== undefined) return;
  if (written.operations === undefined) {
    report(["path"], "is missing: it is where the keys are, such as /v1/api-keys");
    return;
  }
  const { create, reveal, list, get, rotate, revoke, remove } = written.operations;
  const own = { create, reveal, list, get, rotate, revoke, remove } as const;
  for (const [name, operation] of Object.entries(own)) {
    if (operations[name as keyof typeof own] !== undefined && operation?.path === undefined)
      report(["operations", name, "path"], "is missing: say it here, or once for all in /path");
  }
  for (const [index, update] of [written.operations.update ?? []].flat().entries()) {
    if (update.path === undefined)
      report([...updatePath(written, index), "path"], "is missing: say it here, or once for all in /path");
  }
}

/** Whether a key that is gone can be known to be gone. */
function checkSight({ kind, operations }: ServiceDefinition, report: ReportProblem): void {
  const { get, list } = operations;
  if (kind === "singleton") {
    if (!get)
      report(
        ["operations", "get"],
        "is missing: a singleton's key is looked at before it is created or revoked, for it may be someone else's",
      );
    return;
  }
  if (!list && !get) {
    report(["operations"], "needs list or get: without either, a key revoked elsewhere is never noticed");
  } else if (!list?.provesAbsence && !get?.provesAbsence) {
    report(
      ["operations", list ? "list" : "get", "completeness"],
      'is "partial", and nothing else proves that a key is gone: without a proof, one revoked elsewhere is never noticed',
    );
  }
}

function checkUpdates({ operations, fields }: ServiceDefinition, report: ReportProblem): void {
  const settable = inputFields({ fields });
  const seen = new Set<string>();
  const several = operations.update.length > 1;
  for (const [index, { fields: names }] of operations.update.entries()) {
    const path = ["operations", "update", ...(several ? [index] : []), "fields"];
    if (names.length === 0) report(path, "are missing: there is nothing left that it could change");
    for (const name of names) {
      if (!settable.includes(name))
        report(path, `${name} is no field that a program can set${nearestHint(name, settable)}`);
      else if (sharesPlace(fields[name], fields.id))
        report(path, `${name} is what the key's id is, so that a change of it would be another key`);
      else if (seen.has(name)) report(path, `${name} is changed by another update already`);
      seen.add(name);
    }
  }
}

/** Whether there is room for the fields in what else a body has. */
function checkBodies({ operations: { create, update } }: ServiceDefinition, report: ReportProblem): void {
  const several = update.length > 1;
  const bodies = [
    [["create"], create.body] as const,
    ...update.map(({ body }, index) => [["update", ...(several ? [index] : [])], body] as const),
  ];
  for (const [path, body] of bodies) {
    if (body !== undefined && !isObject(body))
      report(["operations", ...path, "body"], "must be an object, for the fields of the key stand beside it");
  }
}

function sharesPlace(field: FieldDefinition | undefined, other: FieldDefinition | undefined): boolean {
  return typeof field?.wire.read === "string" && field.wire.read === other?.wire.read;
}

function updatePath(written: WrittenDefinition, index: number): PropertyKey[] {
  return ["operations", "update", ...(Array.isArray(written.operations?.update) ? [index] : [])];
}

/** Whether each parameter of the list's request has one meaning and a value. */
function checkQuery({ query, pagination }: ListDefinition, report: ReportProblem): void {
  if (!pagination || !("parameter" in pagination)) return;
  const counted = pagination.style === "cursor" ? undefined : pagination;
  const taken = new Set(pagination.in === "query" ? Object.keys(query) : []);
  const place = ["operations", "list", "pagination"];
  for (const [role, name] of [
    ["parameter", pagination.parameter],
    ["sizeParameter", counted?.sizeParameter],
  ] as const) {
    if (name === undefined) continue;
    if (taken.has(name)) report([...place, role], `"${name}" is already a parameter of the list's query`);
    taken.add(name);
  }
  if (counted?.sizeParameter !== undefined && counted.size === undefined) {
    report([...place, "size"], `is missing: it is what "${counted.sizeParameter}" asks for`);
  }
}

/** A GET has no body, so that what it sends has to stand in its templates. */
function checkBodiless({ operations, fields }: ServiceDefinition, report: ReportProblem): void {
  const { create } = operations;
  if (create.method !== "GET") return;
  const templated = templatedNames({ ...create, body: undefined });
  for (const name of inputFields({ fields })) {
    if (!templated.has(name))
      report(
        ["operations", "create", "method"],
        `GET has no body that could hold ${name}; name it in the query`,
      );
  }
}
