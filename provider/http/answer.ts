import type { Outcome } from "./attempt";
import { OutcomeUnknownError, ResponseInvalidError } from "./errors";
import { decodeBody } from "./json";
import { failed, type RequestLabel, unknown } from "./messages";
import type { HttpBody, HttpResponse } from "./request";

type Answer = Extract<Outcome, { kind: "answer" }>;

/**
 * The response as callers get it.
 *
 * @param url the request's own, against which a relative Location is read
 * @param idempotent whether the request may be sent again by whoever catches the error
 * @param readsHeaders names of the headers that the caller reads. Default: none beside the usual
 * @throws {ResponseInvalidError} a redirect, or a success that cannot be read
 * @throws {OutcomeUnknownError} a success of a request that must not be repeated, and it cannot be read
 */
export function readAnswer(
  call: RequestLabel,
  answer: Answer,
  url: string,
  idempotent: boolean,
  readsHeaders: readonly string[] = [],
): HttpResponse {
  const { status } = answer;
  const { location, ...others } = answer.headers;
  const isRead = location !== undefined && readsHeaders.includes("location");
  const headers = isRead ? { ...others, location } : others;
  const cookies = answer.setCookies && { setCookies: answer.setCookies };
  if (status >= 300 && status < 400) throw redirected(call, status, location, url, idempotent);

  const decoded: ReturnType<typeof decodeBody> =
    answer.body === "too large"
      ? { kind: "broken", problem: "is too large" }
      : decodeBody(answer.body, headers["content-type"] ?? "");
  if (decoded.kind !== "broken") return { status, headers, ...cookies, body: decoded };

  // An error status says by itself what became of the request; its body only explains.
  if (status >= 400) return { status, headers, body: unexplained(headers) };
  const why = `the answer, HTTP ${status}, ${decoded.problem}`;
  if (!idempotent) throw new OutcomeUnknownError(unknown(call, why));
  throw new ResponseInvalidError(failed(call, why, "Check the connection's base URL."));
}

/** The JSON of a response that has not been judged yet, or undefined. */
export function documentOf({ body, headers }: Answer): unknown {
  if (body === "too large") return undefined;
  const decoded = decodeBody(body, headers["content-type"] ?? "");
  return decoded.kind === "json" ? decoded.value : undefined;
}

function unexplained(headers: Readonly<Record<string, string>>): HttpBody {
  return { kind: "other", contentType: headers["content-type"] ?? "" };
}

/**
 * Redirects are not followed. undici's redirect interceptor would drop the credentials on the way to another
 * origin, but would still carry out there what was meant for here.
 */
function redirected(
  call: RequestLabel,
  status: number,
  location: string | undefined,
  url: string,
  idempotent: boolean,
): Error {
  const why = `the server answered HTTP ${status}, ${whither(location, url)}; redirects are not followed`;
  // See Other is how a server says "done, and the result is there"; under the others it has done nothing yet.
  if (status === 303 && !idempotent) return new OutcomeUnknownError(unknown(call, why));
  return new ResponseInvalidError(failed(call, why, "Correct the connection's base URL."));
}

/** Only origins: paths and queries of a redirect can hold tokens. */
function whither(location: string | undefined, url: string): string {
  const target =
    location !== undefined && URL.canParse(location, url) ? new URL(location, url).origin : "null";
  if (target === "null") return "without an address to go to";
  return target === new URL(url).origin
    ? `redirecting to another path of ${target}`
    : `redirecting to another origin, ${target}`;
}
