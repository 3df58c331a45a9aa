/** Stable machine-readable reasons; the message beside them is for people and may change. */
export type ErrorCode =
  | "CONFIGURATION"
  | "INVALID_INPUT"
  | "NOT_SENT"
  | "OUTCOME_UNKNOWN"
  | "RESPONSE_INVALID"
  | "HTTP_PROBLEM"
  | "IDENTITY_MISMATCH"
  | "KEY_CONFLICT"
  | "KEY_IN_USE"
  | "PARTIAL_SUCCESS"
  | "ORPHAN_SUSPECTED"
  | "DELIVERY_FAILED";

/**
 * An expected failure. Its message is a sentence (or a few): what failed, for which key of which service,
 * and what to do next. It never holds a body, a header or a value that might be a credential.
 */
export class ApiKeysError extends Error {
  override readonly name: string = "ApiKeysError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The vendor returned an error status. */
export class HttpProblemError extends ApiKeysError {
  override readonly name = "HttpProblemError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super("HTTP_PROBLEM", message);
  }
}

/** What an error says, of whatever type it is. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
