import type { ServiceDefinition } from "../../definition/definition";
import { atPointer } from "../../json/pointer";
import { jsonBody, succeeded } from "../answers";
import { lowerCaseNames } from "../wire/request";
import type { OperationClient } from "./calls";

type Whoami = NonNullable<NonNullable<ServiceDefinition["tenant"]>["whoami"]>;

/** Whose the credentials are. */
export async function whoami(calls: OperationClient, { path, headers, tenant }: Whoami): Promise<string> {
  const what = "tell whose the credentials are";
  const response = await calls.http.send({ method: "GET", path, headers: lowerCaseNames(headers), what });
  const told = succeeded({}, response) ? atPointer(jsonBody(response), tenant) : undefined;
  if (typeof told === "string" || typeof told === "number") return String(told);
  throw calls.problem(what, response);
}
