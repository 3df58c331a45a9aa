import type { Reply } from "../../../sandbox/http";
import type { Answer, MediaType } from "./document";
import type { Expected } from "./expected";
import { at, put } from "./places";
import { sample } from "./samples";

/**
 * An answer that refuses, in the form that the document has for its status.
 *
 * @param text what it says. Default: the document's own example for this status, if it has one
 */
export function refusalOf(
  responses: Readonly<Record<string, Answer>>,
  { errors }: Expected,
  status: number,
  text?: string,
): Reply {
  const own = responses[status];
  const { type = "application/json", media } = contentOf(own ?? responses["4XX"] ?? responses.default);
  const [first] = Object.values(media?.examples ?? {});
  const example = media?.example ?? first?.value;
  const body = structuredClone(example ?? (media?.schema ? sample(media.schema) : {}));
  const place = errors?.message ?? "/message";
  const isTold = own !== undefined && example !== undefined && at(example, place) !== "";
  if (text !== undefined || !isTold) put(body, place, text ?? wordsFor(status));
  if (errors?.code?.startsWith("/") && at(body, errors.code) === undefined) put(body, errors.code, "refused");
  if (typeof at(body, "/status") === "number") put(body, "/status", status);
  return { status, body: body as object, headers: { "content-type": type } };
}

/** The first form that an answer may have. */
export function contentOf(answer: Answer | undefined): { type?: string; media?: MediaType } {
  const [[type, media] = []] = Object.entries(answer?.content ?? {});
  return { ...(type !== undefined && { type }), ...(media && { media }) };
}

function wordsFor(status: number): string {
  if (status === 404) return "There is no such API key.";
  return status === 401 ? "The credentials are wrong." : "The credentials do not allow this.";
}
