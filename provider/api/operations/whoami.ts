import type { ServiceDefinition } from "../../definition/definition";
import { atPointer } from "../../json/pointer";
import { fillPath, fillTexts, type TemplateVariables } from "../../json/templates";
import { jsonBody, succeeded } from "../answers";
import { lowerCaseNames, type OperationRequest } from "../wire/request";
import type { OperationClient } from "./calls";

export type Whoami = NonNullable<NonNullable<ServiceDefinition["tenant"]>["whoami"]>;

/**
 * The request that asks for the tenant.
 *
 * @param variables what the login captured
 */
export function whoamiRequest({ path, headers }: Whoami, variables: TemplateVariables): OperationRequest {
  return {
    method: "GET",
    path: fillPath(path, variables),
    headers: lowerCaseNames(fillTexts(headers, variables, "omit")),
  };
}

/** Whose the credentials are. */
export async function whoami(calls: OperationClient, definition: Whoami): Promise<string> {
  const { tenant } = definition;
  const what = "tell whose the credentials are";
  const response = await calls.http.send({
    ...whoamiRequest(definition, await calls.http.variables()),
    what,
  });
  const told = succeeded({}, response) ? atPointer(jsonBody(response), tenant) : undefined;
  if (typeof told === "string" || typeof told === "number") return String(told);
  throw calls.problem(what, response);
}
