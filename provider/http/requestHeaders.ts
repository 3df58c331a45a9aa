import { ApiKeysError } from "../base/errors";
import { isHeaderValue } from "./headerValue";
import type { HttpRequest } from "./request";

const reserved: ReadonlySet<string> = new Set([
  "accept-encoding", "connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding",
  "upgrade",
]); // biome-ignore format: one list

/** Whether a header is needed by HTTP itself, so that nobody may set it. */
export function isOfHttp(name: string): boolean {
  return reserved.has(name.toLowerCase());
}

/** Whether credentials cannot be in a header: HTTP needs it for itself, and content-type belongs to the body. */
export function isReservedHeader(name: string): boolean {
  return isOfHttp(name) || name.toLowerCase() === "content-type";
}

/**
 * The headers of a request but for its credentials.
 *
 * @throws {ApiKeysError} INVALID_INPUT for a header that is HTTP's own, or a value that cannot be sent
 */
export function requestHeaders(
  { headers = {}, encoding }: HttpRequest,
  body: string | undefined,
): Record<string, string> {
  const own = Object.entries(headers).map(([name, value]) => {
    if (isOfHttp(name) || !isHeaderValue(value)) {
      throw new ApiKeysError(
        "INVALID_INPUT",
        `A request cannot have the header ${name}: HTTP needs it for itself, or its value cannot be sent.`,
      );
    }
    return [name.toLowerCase(), value];
  });
  return { ...plainHeaders(body, encoding), ...Object.fromEntries(own) };
}

/** Identity: bodies are small. What a server compresses all the same is unpacked within the same bound. */
function plainHeaders(body: string | undefined, encoding: HttpRequest["encoding"]): Record<string, string> {
  const type = encoding === "form" ? "application/x-www-form-urlencoded" : "application/json";
  return {
    accept: "application/json",
    "accept-encoding": "identity",
    "user-agent": "pulumi-apikeys",
    ...(body === undefined ? {} : { "content-type": type }),
  };
}
