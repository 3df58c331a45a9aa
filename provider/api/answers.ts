import type { OperationDefinition, ServiceDefinition } from "../definition/definition";
import type { HttpResponse } from "../http/request";
import { isSuccess } from "../http/status";
import { anyHolds } from "../json/conditions";
import { atPointer } from "../json/pointer";
import { readProblem } from "./problem";
import type { Source } from "./wire/places";

/** Whether an operation has succeeded: by its status, or by what is declared. */
export function succeeded(
  { success }: Pick<OperationDefinition, "success">,
  response: HttpResponse,
): boolean {
  return success
    ? anyHolds(success, response.status, jsonBody(response), isSuccess)
    : isSuccess(response.status);
}

/** Whether it is the vendor's own word that there is no such key. */
export function saysNotFound(
  definition: ServiceDefinition,
  { notFound }: Pick<OperationDefinition, "notFound">,
  response: HttpResponse,
): boolean {
  // A page for people is a proxy's, whatever its status.
  if (notFound) {
    return (
      response.body.kind !== "other" && anyHolds(notFound, response.status, jsonBody(response), isAboutKey)
    );
  }
  if (response.status !== 404) return false;
  return readProblem(definition, response.status, jsonBody(response))?.aboutKeys === true;
}

/** Whether a status may speak of the key: others speak of credentials, of haste or of the server. */
export function isAboutKey(status: number): boolean {
  return status < 500 && ![401, 403, 408, 429].includes(status);
}

/** The key in a response, and what is around it. */
export function sourceOf(
  { envelope }: Pick<OperationDefinition, "envelope">,
  answer: Source["answer"],
  response: HttpResponse,
): Source {
  // A value that is shown once may come as bare text.
  const isOnce = answer === "created" || answer === "rotated";
  const word = isOnce && response.body.kind === "other" ? response.body.word : undefined;
  const body = word ?? jsonBody(response);
  return { answer, item: atPointer(body, envelope), body, headers: response.headers };
}

/** The body of a response, or undefined where it is no JSON. */
export function jsonBody(response: HttpResponse): unknown {
  return response.body.kind === "json" ? response.body.value : undefined;
}
