import { isOfHttp } from "../../http/requestHeaders";
import { isObject } from "../../json/members";
import type { ServiceDefinition } from "../definition";
import type { WrittenDefinition } from "../schema/definition";
import type { ReportProblem } from "./report";

/** Whether each operation's headers and body can be sent. */
export function checkRequests(
  { headers, operations = {} }: WrittenDefinition,
  definition: ServiceDefinition,
  report: ReportProblem,
): void {
  checkRequestHeaders(headers, ["headers"], report);
  for (const [name, written] of Object.entries(operations)) {
    const listed = Array.isArray(written);
    for (const [index, operation] of [written].flat().entries()) {
      if (!isObject(operation)) continue;
      const path = ["operations", name, ...(listed ? [index] : [])];
      checkRequestHeaders(operation.headers, [...path, "headers"], report);
    }
  }
  checkFormBodies(definition, report);
}

/** Those that send the key's fields need an object in any encoding. */
function checkFormBodies({ operations }: ServiceDefinition, report: ReportProblem): void {
  const { reveal, list, get, rotate, revoke, remove } = operations;
  for (const [name, operation] of Object.entries({ reveal, list, get, rotate, revoke, remove })) {
    if (operation?.encoding === "form" && operation.body !== undefined && !isObject(operation.body))
      report(["operations", name, "body"], "must be an object, to be sent as a form");
  }
}

function checkRequestHeaders(headers: unknown, path: readonly PropertyKey[], report: ReportProblem): void {
  if (!isObject(headers)) return;
  for (const name of Object.keys(headers)) {
    if (isOfHttp(name)) report([...path, name], "is a header that HTTP needs for itself; choose another");
  }
}
