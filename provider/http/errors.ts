import { ApiKeysError } from "../base/errors";

/** The request provably never reached the server, so nothing happened there. */
export class RequestNotSentError extends ApiKeysError {
  override readonly name = "RequestNotSentError";

  constructor(message: string) {
    super("NOT_SENT", message);
  }
}

/** A request that must not be repeated was or may have been sent, and no full, readable response came. */
export class OutcomeUnknownError extends ApiKeysError {
  override readonly name = "OutcomeUnknownError";

  constructor(message: string) {
    super("OUTCOME_UNKNOWN", message);
  }
}

/** No usable answer came: none at all after retries, one that cannot be read, or a redirect. */
export class ResponseInvalidError extends ApiKeysError {
  override readonly name = "ResponseInvalidError";

  constructor(message: string) {
    super("RESPONSE_INVALID", message);
  }
}

/** The server asks to come back later than this connection is willing to wait. */
export class RetryAfterTooLongError extends ApiKeysError {
  override readonly name = "RetryAfterTooLongError";

  constructor(
    /** 429 or another status that was answered with Retry-After. */
    readonly status: number,
    readonly retryAfterMs: number,
    message: string,
  ) {
    super("HTTP_PROBLEM", message);
  }
}
