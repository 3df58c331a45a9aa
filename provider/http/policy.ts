import { ApiKeysError } from "../base/errors";

/** How long and how often one connection tries. */
export interface HttpPolicy {
  /**
   * Attempts at one request, the first one included. One more after a renewed login does not count.
   *
   * @default 5
   */
  readonly attempts: number;
  /**
   * Milliseconds for one attempt, from handing it to a connection (which may have to be opened) to the last
   * byte of the body. Time in the queue does not count.
   *
   * @default 30_000
   */
  readonly attemptTimeoutMs: number;
  /**
   * Milliseconds for all attempts at one request and the waits between them, from the moment it leaves the
   * queue.
   *
   * @default 120_000
   */
  readonly operationTimeoutMs: number;
  /**
   * Requests under way at once; more wait in the order they came.
   *
   * @default 8
   */
  readonly concurrency: number;
  /**
   * Bytes of a response body; what is larger is not read to its end.
   *
   * @default 16_777_216 (16 MiB)
   */
  readonly maxBodyBytes: number;
  /**
   * Milliseconds that a Retry-After may ask for; a longer one is an error that states it.
   *
   * @default 60_000
   */
  readonly maxRetryAfterMs: number;
}

export const defaultPolicy: HttpPolicy = {
  attempts: 5,
  attemptTimeoutMs: 30_000,
  operationTimeoutMs: 120_000,
  concurrency: 8,
  maxBodyBytes: 16 * 1024 * 1024,
  maxRetryAfterMs: 60_000,
};

/**
 * The default policy with some parts replaced.
 *
 * @throws {ApiKeysError} CONFIGURATION, naming a part that is not a whole number above zero
 */
export function completePolicy(parts: Partial<HttpPolicy> = {}): HttpPolicy {
  const policy = { ...defaultPolicy, ...parts };
  for (const [name, value] of Object.entries(policy)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new ApiKeysError("CONFIGURATION", `The HTTP policy's ${name} must be a whole number above zero.`);
    }
  }
  return policy;
}
